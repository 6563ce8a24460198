//! The oracle: the real `opencc` command, from the wheel that OpenCC's authors
//! publish.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::engine::{Engine, Mode};
use crate::package;

/// The 16 configs that OpenCC ships.
pub const CONFIGS: [&str; 16] = [
    "hk2s", "hk2sp", "hk2t", "jp2t", "s2hk", "s2hkp", "s2t", "s2tw", "s2twp", "t2hk", "t2jp",
    "t2s", "t2tw", "tw2s", "tw2sp", "tw2t",
];

/// The configs with a dictionary that is left out unless asked for, because
/// its output may show as empty boxes (tofu).
pub const TOFU_CONFIGS: [&str; 5] = ["hk2s", "hk2sp", "t2s", "tw2s", "tw2sp"];

const PACKAGE: &str = "OpenCC";

/// Every config as it is, then those that the tofu switch changes, with it.
pub fn modes() -> Vec<Mode> {
    let mode = |config: &str, tofu| Mode { config: config.to_owned(), tofu };
    let plain = CONFIGS.iter().map(|config| mode(config, false));
    let tofu = TOFU_CONFIGS.iter().map(|config| mode(config, true));
    plain.chain(tofu).collect()
}

/// The oracle: the command at `path`, or the wheel's, installed first if need
/// be. Refuses a command of another version.
pub fn engine(path: Option<&Path>) -> Result<Engine> {
    let program = match path {
        Some(path) => path.to_owned(),
        None => installed()?,
    };
    let output = Command::new(&program)
        .arg("--version")
        .output()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let version = String::from_utf8_lossy(&output.stdout);
    ensure!(
        version.split_whitespace().any(|word| word == package::VERSION),
        "{} is not OpenCC {}: {}",
        program.display(),
        package::VERSION,
        version.trim()
    );
    Engine::opencc(&program)
}

/// The command inside the wheel, installed by pip in a virtual environment.
fn installed() -> Result<PathBuf> {
    let venv = package::work_dir()?.join("venv");
    let python = venv.join("bin/python");
    if let Some(command) = command_in(&python) {
        return Ok(command);
    }
    package::run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    package::run(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--no-deps"])
            .args(["--only-binary", ":all:"])
            .arg(format!("{PACKAGE}=={}", package::VERSION)),
    )?;
    command_in(&python).context("the wheel of OpenCC has no command in opencc/clib/bin")
}

/// Asks Python where the package lies. The command that pip puts on PATH is a
/// Python script of other abilities.
fn command_in(python: &Path) -> Option<PathBuf> {
    let find =
        "import importlib.util as u; print(u.find_spec('opencc').submodule_search_locations[0])";
    let output = Command::new(python).args(["-c", find]).output().ok()?;
    let package = String::from_utf8(output.stdout).ok()?;
    let command = Path::new(package.trim()).join("clib/bin/opencc");
    command.is_file().then_some(command)
}
