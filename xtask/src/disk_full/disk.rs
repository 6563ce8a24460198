//! Small file systems.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use rustix::process::geteuid;

use crate::package;

/// How large a file system is.
#[derive(Clone, Copy)]
pub struct Disk {
    /// In bytes, if that is limited.
    pub space: Option<u64>,
    /// Files, folders and links, if they are.
    pub files: Option<u64>,
}

/// Whether this process can mount what nobody else sees, and what goes when it ends.
pub enum Privacy {
    /// By this process, which is the same one again.
    Process(Command),
    /// For this reason.
    Impossible(String),
}

/// What is possible.
pub fn privacy() -> Result<Privacy> {
    // Whoever may not mount is root in a namespace of users of his own.
    let ways: &[&str] = if geteuid().is_root() { &["-m", "-rm"] } else { &["-rm"] };
    let mut reason = String::new();
    for way in ways {
        match Command::new("unshare").args([way, "mount", "-t", "tmpfs", "none", "/mnt"]).output() {
            Ok(output) if output.status.success() => {
                let mut command = Command::new("unshare");
                command.arg(way).arg(env::current_exe()?).args(env::args_os().skip(1));
                return Ok(Privacy::Process(command));
            }
            Ok(output) => reason = String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            Err(error) => reason = format!("unshare: {error}"),
        }
    }
    Ok(Privacy::Impossible(reason))
}

impl Disk {
    /// Mounts one at `path`.
    pub fn mount(self, path: &Path) -> Result<()> {
        package::run(
            Command::new("mount").args(["-t", "tmpfs", "-o", &self.options(), "none"]).arg(path),
        )
    }

    /// Makes the one at `path` so large.
    pub fn resize(self, path: &Path) -> Result<()> {
        let options = format!("remount,{}", self.options());
        package::run(Command::new("mount").args(["-o", &options]).arg(path))
    }

    fn options(self) -> String {
        // Zero is without limit.
        let [space, files] = [self.space, self.files].map(|limit| limit.unwrap_or(0));
        format!("size={space},nr_inodes={files}")
    }
}

/// Takes away what is mounted at `path`.
pub fn unmount(path: &Path) -> Result<()> {
    package::run(Command::new("umount").arg(path))
}
