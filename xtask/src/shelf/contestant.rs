//! What converts a shelf, and how long it takes.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use wait4::Wait4;

use super::build::{Book, Kind};

/// What a run took.
pub struct Measured {
    pub time: Duration,
    /// The most memory that it, or a process that it waited for, had at a time, in bytes.
    pub peak: u64,
}

impl Measured {
    /// The figures, for a shelf of so many bytes.
    pub fn row(&self, bytes: usize) -> String {
        let seconds = self.time.as_secs_f64();
        let speed = bytes as f64 / 1e6 / seconds;
        format!("{seconds:>8.2} {speed:>8.1} {:>9.1}", self.peak as f64 / 1e6)
    }
}

/// Converts the tree in `folder` to a new folder by `jianfan`.
pub fn jianfan(program: &Path, config: &str, jobs: &str, folder: &Path) -> Result<Measured> {
    let mut command = Command::new(program);
    command.args(["-q", "-c", config, "-j", jobs, "tree", "-o", "out"]);
    command.current_dir(folder).env("XDG_STATE_HOME", folder.join("state"));
    measure(&mut command, folder)
}

/// Converts `books` of the tree in `folder` to a new folder, by a loop such as people write who know
/// the encoding of each file.
pub fn shell_loop(opencc: &Path, config: &str, folder: &Path, books: &[Book]) -> Result<Measured> {
    let script = folder.join("loop.sh");
    let mut file = File::create(&script)?;
    for Book { path, kind, .. } in books {
        let (path, name) = (path.display(), path.parent().unwrap_or(path).display());
        writeln!(file, "mkdir -p 'out/{name}'")?;
        match kind {
            Kind::Text("UTF-8") | Kind::Code => {
                writeln!(file, "\"$OPENCC\" -c \"$CONFIG\" -i 'tree/{path}' -o 'out/{path}'")?;
            }
            Kind::Text(label) => {
                // With a byte order mark, iconv is told that there is one.
                let label = if label.starts_with("UTF-16") { "UTF-16" } else { label };
                writeln!(
                    file,
                    "iconv -f {label} -t UTF-8 'tree/{path}' | \"$OPENCC\" -c \"$CONFIG\" -o 'out/{path}'"
                )?;
            }
            Kind::Binary => writeln!(file, "cp 'tree/{path}' 'out/{path}'")?,
        }
    }
    let mut command = Command::new("sh");
    command.arg("-e").arg(&script).current_dir(folder);
    command.env("OPENCC", opencc).env("CONFIG", format!("{config}.json"));
    measure(&mut command, folder)
}

fn measure(command: &mut Command, folder: &Path) -> Result<Measured> {
    let out = folder.join("out");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    fs::create_dir_all(folder.join("state"))?;
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let mut child: Child = command.spawn().with_context(|| format!("cannot run {command:?}"))?;
    let used = child.wait4()?;
    let time = start.elapsed();
    ensure!(used.status.success(), "{command:?}: {}", used.status);
    fs::remove_dir_all(&out)?;
    Ok(Measured { time, peak: used.rusage.maxrss })
}
