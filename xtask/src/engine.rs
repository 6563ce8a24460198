//! A converter's command as a process: `jianfan` or `opencc`, fed through
//! stdin and read from stdout while it runs.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, bail, ensure};

use crate::package;

/// A command that takes `-c CONFIG` and converts stdin to stdout.
#[derive(Clone)]
pub struct Engine {
    /// What reports call it.
    pub name: &'static str,
    program: PathBuf,
    arguments: Vec<OsString>,
    /// What the command wants after a config's name.
    suffix: &'static str,
}

/// One way to run an engine: a config, and the switch for the dictionaries
/// whose output many fonts lack.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mode {
    /// The config's name, without `.json`.
    pub config: String,
    /// `--include-tofu-risk-dictionaries`.
    pub tofu: bool,
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tofu = if self.tofu { "+tofu" } else { "" };
        f.pad(&format!("{}{tofu}", self.config))
    }
}

impl Engine {
    /// The `jianfan` command at `path`, or the one of this workspace, built
    /// first.
    pub fn jianfan(path: Option<&Path>) -> Result<Self> {
        let program = match path {
            Some(path) => path.to_owned(),
            None => build_jianfan()?,
        };
        ensure!(program.is_file(), "no command at {}", program.display());
        Ok(Self {
            name: "jianfan",
            program: program.canonicalize()?,
            arguments: Vec::new(),
            suffix: "",
        })
    }

    /// OpenCC's own command at `path`. Its data lies in `../share/opencc`
    /// where it was installed, which a command from a wheel doesn't know.
    pub fn opencc(path: &Path) -> Result<Self> {
        let program =
            path.canonicalize().with_context(|| format!("no command at {}", path.display()))?;
        let mut arguments = Vec::new();
        let data = program.with_file_name("../share/opencc");
        if data.is_dir() {
            arguments = vec!["--path".into(), data.into()];
        }
        Ok(Self { name: "OpenCC", program, arguments, suffix: ".json" })
    }

    /// Starts a conversion; `feed` writes the input, in a thread of its own.
    pub fn start<F>(&self, mode: &Mode, feed: F) -> Result<Conversion>
    where
        F: FnOnce(ChildStdin) -> io::Result<()> + Send + 'static,
    {
        let mut child = self
            .command(mode)
            .spawn()
            .with_context(|| format!("cannot run {}", self.program.display()))?;
        let input = child.stdin.take().context("no stdin")?;
        let output = child.stdout.take().context("no stdout")?;
        let errors = child.stderr.take().context("no stderr")?;
        // What goes wrong in writing shows as output that ends too early.
        thread::spawn(move || drop(feed(input)));
        Ok(Conversion {
            name: self.name,
            child,
            output: BufReader::with_capacity(1 << 18, output),
            errors: Some(thread::spawn(move || read_text(errors))),
        })
    }

    /// Converts `input` in a process of its own.
    pub fn convert(&self, mode: &Mode, input: &[u8]) -> Result<Vec<u8>> {
        let owned = input.to_owned();
        let mut conversion = self.start(mode, move |mut stdin| stdin.write_all(&owned))?;
        let mut output = Vec::new();
        conversion.output.read_to_end(&mut output)?;
        conversion.wait()?;
        Ok(output)
    }

    fn command(&self, mode: &Mode) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .args(["-c", &format!("{}{}", mode.config, self.suffix)])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if mode.tofu {
            command.arg("--include-tofu-risk-dictionaries");
        }
        command
    }
}

/// A conversion that runs. Dropping it ends its process.
pub struct Conversion {
    name: &'static str,
    child: Child,
    output: BufReader<ChildStdout>,
    errors: Option<JoinHandle<String>>,
}

impl Conversion {
    /// Reads the next line of output, its end included, into `line`; false at
    /// the end of the output.
    pub fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        line.clear();
        Ok(self.output.read_until(b'\n', line)? > 0)
    }

    /// Waits for the process; an error if it reports one, with its words.
    pub fn wait(&mut self) -> Result<()> {
        let status = self.child.wait()?;
        if !status.success() {
            let errors = self.errors.take().and_then(|thread| thread.join().ok());
            let errors = errors.unwrap_or_default();
            bail!("{} failed: {status}: {}", self.name, errors.trim());
        }
        Ok(())
    }
}

impl Drop for Conversion {
    fn drop(&mut self) {
        // Either fails only if the process has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_text(mut from: impl Read) -> String {
    let mut bytes = Vec::new();
    // What could be read until an error is still worth showing.
    let _ = from.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Builds the command of this workspace; where it lies.
pub fn build_jianfan() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = package::root().join("target");
    package::run(
        Command::new(cargo)
            .current_dir(package::root())
            .args(["build", "--release", "--package", "jianfan", "--bin", "jianfan"])
            .arg("--target-dir")
            .arg(&target),
    )?;
    let name = format!("jianfan{}", std::env::consts::EXE_SUFFIX);
    Ok(target.join("release").join(name))
}
