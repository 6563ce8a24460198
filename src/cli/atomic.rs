//! Files that are replaced at once, or not at all.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use tempfile::{Builder, NamedTempFile};

/// A file in the making. Unless it is [committed](Self::commit), nothing of it remains.
pub struct Replacement {
    target: PathBuf,
    /// What was there before, if that is to be replaced.
    replaced: Option<Metadata>,
    writer: BufWriter<Writer>,
}

enum Writer {
    /// What is to be the file.
    Temporary(NamedTempFile),
    /// A device, a pipe or an open file, which can't be replaced.
    Direct(File),
}

impl Replacement {
    /// Begins to write what is to be the file at `path`. A link keeps leading to the same file,
    /// which is replaced; so its owner and its mode are kept.
    pub fn of(path: &Path) -> Result<Self> {
        let target = behind_links(path)?;
        let (writer, replaced) = match fs::metadata(&target) {
            Ok(metadata) if metadata.is_dir() => bail!("is a directory"),
            Ok(metadata) if !metadata.is_file() || is_descriptor(&target) => {
                (Writer::Direct(OpenOptions::new().append(true).open(&target)?), None)
            }
            Ok(metadata) if metadata.permissions().readonly() => {
                bail!("is read-only; make it writable first")
            }
            // Only the user can read it until it has the other's owner and mode.
            Ok(metadata) => (temporary(&target, None)?, Some(metadata)),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                (temporary(&target, new_file_mode())?, None)
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Self { target, replaced, writer: BufWriter::new(writer) })
    }

    /// Puts the file in its place.
    pub fn commit(self) -> Result<()> {
        let writer = self.writer.into_inner().map_err(io::IntoInnerError::into_error);
        match writer.context(CANT_WRITE)? {
            Writer::Direct(_) => Ok(()),
            Writer::Temporary(file) => {
                if let Some(replaced) = &self.replaced {
                    let mode = take_owner(file.as_file(), replaced);
                    file.as_file().set_permissions(mode).context(CANT_WRITE)?;
                }
                file.as_file().sync_all().context(CANT_WRITE)?;
                file.persist(&self.target).map_err(|error| error.error).context(CANT_WRITE)?;
                sync_folder(folder_of(&self.target)).context(CANT_WRITE)
            }
        }
    }
}

/// What goes before the reason.
pub const CANT_WRITE: &str = "can't write it";

/// Where `path` leads, though nothing need be there; at most to an open file of the process.
fn behind_links(path: &Path) -> Result<PathBuf> {
    let mut path = path.to_owned();
    // As many as Linux follows.
    for _ in 0..40 {
        if is_descriptor(&path) || fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            return Ok(path);
        }
        match fs::read_link(&path) {
            Ok(next) => path = folder_of(&path).join(next),
            Err(_) => return Ok(path),
        }
    }
    bail!("too many links")
}

/// Whether this is the name of an open file of the process, which is where the bytes have to go
/// rather than to whatever file that name leads to.
fn is_descriptor(path: &Path) -> bool {
    let folders = ["/dev/fd", "/proc/self/fd"];
    path.parent().is_some_and(|parent| folders.iter().any(|folder| parent == Path::new(folder)))
        || ["/dev/stdout", "/dev/stderr"].iter().any(|name| path == Path::new(name))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A file beside `target`, where it can be renamed to it; without a mode it is the user's alone.
fn temporary(target: &Path, mode: Option<Permissions>) -> Result<Writer> {
    let folder = folder_of(target);
    let mut builder = Builder::new();
    builder.prefix(".jianfan-");
    if let Some(mode) = mode {
        builder.permissions(mode);
    }
    let file = builder.tempfile_in(folder).map_err(|error| {
        anyhow!("can't make a temporary file in {}: {}", folder.display(), reason(&error))
    })?;
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

/// Gives `file` the owner and group of the file that it replaces, as far as the user may; returns
/// the mode that it is to have.
#[cfg(unix)]
fn take_owner(file: &File, replaced: &Metadata) -> Permissions {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

    let (owner, group) = (Some(replaced.uid()), Some(replaced.gid()));
    if fchown(file, owner, group).is_ok() {
        return replaced.permissions();
    }
    // The group alone may be had; if it can't either, the file is the user's own.
    let _ = fchown(file, None, group);
    // It must not run as somebody whose file it is not.
    Permissions::from_mode(replaced.permissions().mode() & 0o1777)
}

#[cfg(not(unix))]
fn take_owner(_: &File, replaced: &Metadata) -> Permissions {
    replaced.permissions()
}

/// Makes a renaming in `folder` survive a loss of power.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // A folder that can't be read, or a file system that does not sync folders.
        Err(error)
            if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::InvalidInput) =>
        {
            Ok(())
        }
        done => done,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
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
/// If a link leads the path out of `folder`, or to nowhere.
pub fn make_room(folder: &Path, below: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let root = fs::canonicalize(folder)?;
    let target = folder.join(below);
    let existing = target.ancestors().find(|path| path.symlink_metadata().is_ok());
    if !fs::canonicalize(existing.unwrap_or(folder)).is_ok_and(|path| path.starts_with(&root)) {
        bail!("a link leads out of {}; remove it", folder.display());
    }
    fs::create_dir_all(target.parent().unwrap_or(folder))?;
    Ok(target)
}
