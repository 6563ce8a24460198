//! Files that are replaced at once, or not at all.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use tempfile::{Builder, NamedTempFile};

/// A file in the making. Unless it is [committed](Self::commit), nothing of it remains.
pub struct Replacement {
    target: PathBuf,
    writer: BufWriter<Writer>,
}

enum Writer {
    Temporary(NamedTempFile),
    /// A device or a pipe, which can't be replaced.
    Direct(File),
}

impl Replacement {
    /// Begins to write what is to be the file at `path`. A link keeps leading to the same file,
    /// which is replaced; so its mode is kept.
    pub fn of(path: &Path) -> Result<Self> {
        let target = if path.is_symlink() { fs::canonicalize(path)? } else { path.to_owned() };
        let writer = match fs::metadata(&target) {
            Ok(metadata) if metadata.is_dir() => bail!("is a directory"),
            Ok(metadata) if !metadata.is_file() => {
                Writer::Direct(OpenOptions::new().write(true).open(&target)?)
            }
            Ok(metadata) if metadata.permissions().readonly() => {
                bail!("is read-only; make it writable first")
            }
            Ok(metadata) => temporary(&target, Some(metadata.permissions()))?,
            Err(_) => temporary(&target, None)?,
        };
        Ok(Self { target, writer: BufWriter::new(writer) })
    }

    /// Puts the file in its place.
    pub fn commit(self) -> Result<()> {
        let writer = self.writer.into_inner().map_err(io::IntoInnerError::into_error);
        match writer.context(CANT_WRITE)? {
            Writer::Direct(_) => Ok(()),
            Writer::Temporary(file) => {
                file.as_file().sync_all().context(CANT_WRITE)?;
                file.persist(&self.target).map_err(|error| error.error).context(CANT_WRITE)?;
                Ok(())
            }
        }
    }
}

/// What goes before the reason.
pub const CANT_WRITE: &str = "can't write it";

/// A file beside `target`, where it can be renamed to it, with the mode it is to have.
fn temporary(target: &Path, mode: Option<Permissions>) -> Result<Writer> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = Builder::new();
    builder.prefix(".jianfan-");
    if let Some(mode) = new_file_mode() {
        builder.permissions(mode);
    }
    let file = builder.tempfile_in(folder).map_err(|error| {
        anyhow!("can't make a temporary file in {}: {}", folder.display(), reason(&error))
    })?;
    if let Some(mode) = mode {
        file.as_file().set_permissions(mode)?;
    }
    Ok(Writer::Temporary(file))
}

/// The error without the path of the temporary file, which nobody knows.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split_once(" at path ").map_or(text.as_str(), |(reason, _)| reason).to_owned()
}

/// The mode that the system's mask is applied to, as for any new file.
#[cfg(unix)]
fn new_file_mode() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn new_file_mode() -> Option<Permissions> {
    None
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            // Its own errors would name the temporary file, which nobody knows.
            Self::Temporary(file) => file.as_file_mut().write(bytes),
            Self::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Temporary(file) => file.flush(),
            Self::Direct(file) => file.flush(),
        }
    }
}

/// Makes the folders that `below`, a path from `folder` on, needs, and gives the whole path.
///
/// # Errors
///
/// If a link leads the path out of `folder`.
pub fn make_room(folder: &Path, below: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let root = fs::canonicalize(folder)?;
    let target = folder.join(below);
    let existing = target.ancestors().find(|path| path.exists()).unwrap_or(folder);
    if !fs::canonicalize(existing)?.starts_with(&root) {
        bail!("a link leads out of {}; remove it", folder.display());
    }
    fs::create_dir_all(target.parent().unwrap_or(folder))?;
    Ok(target)
}
