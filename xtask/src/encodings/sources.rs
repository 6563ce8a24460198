//! The packages that the tables come from: fetched with the clients of their registries, and
//! verified.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Serialize;

use crate::package::{output, run, sha256, work_dir};

/// glibc's own charmaps.
pub const GLIBC: Source = Source {
    registry: Registry::Debian,
    package: "locales",
    version: "2.36-9+deb12u14",
    licence: "LGPL-2.1-or-later",
    files: &[
        File {
            path: "usr/share/i18n/charmaps/EUC-TW.gz",
            sha256: "331068de928ded3fe9a90fd4044710b88659f8b72fa02be4da310f884c460cf3",
        },
        File {
            path: "usr/share/i18n/charmaps/BIG5-HKSCS.gz",
            sha256: "ab6af172a348597e15bfafc510eed259e00eeab6225f8943eb64b5f20741b568",
        },
    ],
};

/// Code page 950 without private-use characters.
pub const ICONV_LITE: Source = Source {
    registry: Registry::Npm,
    package: "iconv-lite",
    version: "0.7.3",
    licence: "MIT",
    files: &[File {
        path: "package/encodings/tables/cp950.json",
        sha256: "99e2114dc4b39092617967c763f9eaeb4d8e70551afc5884baa3fb92827f3420",
    }],
};

/// Unicode-at-on as its authors published it.
pub const UAO_JS: Source = Source {
    registry: Registry::Npm,
    package: "uao-js",
    version: "1.0.1",
    licence: "MIT",
    files: &[
        File {
            path: "package/src/uao250-b2u.txt",
            sha256: "73e6457e39ca6d09efeaa32a7ad760d02f6fb35acd9ea0b2102114d584c37995",
        },
        File {
            path: "package/src/uao250-u2b.txt",
            sha256: "2edfd7b1d758cec2b7ba0d47cfca08ef8a70c14da8ae53bffa282e6c397299cf",
        },
    ],
};

#[derive(Serialize)]
pub struct Source {
    registry: Registry,
    package: &'static str,
    /// Debian keeps only the newest of a release: there another one will do whose files are the
    /// same.
    version: &'static str,
    licence: &'static str,
    files: &'static [File],
}

#[derive(Clone, Copy, Serialize)]
enum Registry {
    Debian,
    #[serde(rename = "npm")]
    Npm,
}

/// A file of a package, with the checksum of what it holds when unpacked.
#[derive(Serialize)]
struct File {
    path: &'static str,
    sha256: &'static str,
}

/// The content of `SOURCES.toml`.
pub fn list() -> Result<String> {
    #[derive(Serialize)]
    struct Sources {
        sources: [Source; 3],
    }
    let text = toml::to_string(&Sources { sources: [GLIBC, ICONV_LITE, UAO_JS] })?;
    Ok(format!(
        "# Written by `cargo xtask encodings`. Each `sha256` is that of a file's content, unpacked.\n\n\
         {text}"
    ))
}

impl Source {
    /// The verified text of one of its files.
    pub fn file(&self, number: usize) -> Result<String> {
        let File { path, sha256: expected } = self.files[number];
        let file = self.folder()?.join(path);
        let bytes = match file.extension() {
            Some(extension) if extension == "gz" => {
                output(Command::new("gzip").arg("-dc").arg(file))?
            }
            _ => fs::read(&file).with_context(|| format!("{} has no {path}", self.package))?,
        };
        let found = sha256(&bytes);
        ensure!(
            found == expected,
            "{path} of {} has SHA-256 {found}, expected {expected}",
            self.package
        );
        Ok(String::from_utf8(bytes)?)
    }

    /// Where the package is unpacked. Downloads it unless it is there.
    fn folder(&self) -> Result<PathBuf> {
        let folder = work_dir()?.join(format!("{}-{}", self.package, self.version));
        if !folder.exists() {
            self.download(&folder)?;
        }
        Ok(folder)
    }

    fn download(&self, folder: &Path) -> Result<()> {
        let partial = work_dir()?.join(format!("{}-partial", self.package));
        let _ = fs::remove_dir_all(&partial);
        fs::create_dir(&partial)?;
        run(self.client().current_dir(&partial))?;
        let archive = fs::read_dir(&partial)?.next().context("nothing was downloaded")??.path();
        match self.registry {
            Registry::Debian => {
                run(Command::new("dpkg-deb").arg("--extract").args([&archive, &partial]))?
            }
            Registry::Npm => {
                run(Command::new("tar").arg("-xzf").arg(archive).current_dir(&partial))?
            }
        }
        fs::rename(&partial, folder)?;
        Ok(())
    }

    /// What leaves the package's archive in the folder where it runs.
    fn client(&self) -> Command {
        let mut command;
        match self.registry {
            Registry::Debian => {
                command = Command::new("apt-get");
                command.args(["--quiet", "download", self.package]);
            }
            Registry::Npm => {
                command = Command::new("npm");
                command
                    .args(["pack", "--silent"])
                    .arg(format!("{}@{}", self.package, self.version));
            }
        }
        command
    }
}
