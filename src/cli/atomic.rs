//! Files that are replaced at once, or not at all.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use tempfile::{Builder, NamedTempFile};

use super::strays::{PREFIX, Sweeper};

/// A file in the making. Unless it is put in its place, nothing of it remains.
pub struct Replacement {
    target: PathBuf,
    /// What was there before, if that is to be replaced.
    replaced: Option<Metadata>,
    writer: BufWriter<Writer>,
}

/// A file that is whole, but not in its place.
#[derive(Debug)]
pub struct Staged {
    target: PathBuf,
    replaced: Option<Metadata>,
    /// What it is a copy of.
    source: Option<Stamp>,
    writer: Writer,
}

#[derive(Debug)]
enum Writer {
    /// What is to be the file.
    Temporary(NamedTempFile),
    /// A device, a pipe or an open file, which can't be replaced.
    Direct(File),
}

impl Replacement {
    /// Begins to write what is to be the file at `path`. A link keeps leading to the same file,
    /// which is replaced; so its owner and its mode are kept.
    pub fn of(path: &Path, sweeper: &Sweeper) -> Result<Self> {
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
            Ok(metadata) => (temporary(&target, None, sweeper)?, Some(metadata)),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                (temporary(&target, new_file_mode(), sweeper)?, None)
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Self { target, replaced, writer: BufWriter::new(writer) })
    }

    /// Ends the file, which has the owner and the mode of what it replaces; or the mode and the time
    /// of `source`, whose copy it is.
    pub fn finish(self, source: Option<&Metadata>) -> Result<Staged> {
        let Self { target, replaced, writer } = self;
        let writer = writer.into_inner().map_err(io::IntoInnerError::into_error);
        let writer = writer.context(CANT_WRITE)?;
        if let Writer::Temporary(file) = &writer {
            let file = file.as_file();
            let mode = replaced.as_ref().map(|replaced| take_owner(file, replaced));
            if let Some(mode) = source.map(copied_mode).or(mode) {
                file.set_permissions(mode).context(CANT_WRITE)?;
            }
            if let Some(time) = source.and_then(|source| source.modified().ok()) {
                file.set_modified(time).context(CANT_WRITE)?;
            }
        }
        Ok(Staged { target, replaced, source: source.map(Stamp::of), writer })
    }

    /// Ends the file and puts it in its place.
    pub fn commit(self) -> Result<()> {
        let staged = self.finish(None)?;
        staged.sync()?;
        let folder = staged.folder().to_owned();
        staged.put_in_place(None)?;
        sync_folder(&folder)
    }
}

impl Staged {
    /// The path of the file, behind all links.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The folder of the file, which has to be synced when the file is in its place.
    pub fn folder(&self) -> &Path {
        folder_of(&self.target)
    }

    /// What was there before.
    pub fn before(&self) -> Option<Stamp> {
        self.replaced.as_ref().map(Stamp::of)
    }

    /// What it is a copy of.
    pub fn source(&self) -> Option<Stamp> {
        self.source
    }

    /// What will be there, unless that is no file.
    pub fn after(&self) -> Result<Option<Stamp>> {
        match &self.writer {
            Writer::Temporary(file) => {
                Ok(Some(Stamp::of(&file.as_file().metadata().context(CANT_WRITE)?)))
            }
            Writer::Direct(_) => Ok(None),
        }
    }

    /// Makes what the file holds survive a loss of power.
    pub fn sync(&self) -> Result<()> {
        match &self.writer {
            Writer::Temporary(file) => file.as_file().sync_all().context(CANT_WRITE),
            Writer::Direct(_) => Ok(()),
        }
    }

    /// Puts the file in its place; what was there is at `backup` then, if there is to be one.
    ///
    /// # Errors
    ///
    /// If somebody else has changed what is there since, or if the backup exists already.
    pub fn put_in_place(self, backup: Option<&Path>) -> Result<()> {
        let Writer::Temporary(file) = self.writer else {
            return Ok(());
        };
        match (&self.replaced, fs::symlink_metadata(&self.target)) {
            (Some(before), Ok(now)) if Stamp::of(before) == Stamp::of(&now) => {}
            (None, Err(error)) if error.kind() == ErrorKind::NotFound => {}
            // What has become so in between is somebody else's work.
            _ => bail!("somebody else changed it meanwhile, so that it stays as it is; try again"),
        }
        if let (Some(backup), Some(_)) = (backup, &self.replaced) {
            keep(&self.target, backup)?;
        }
        file.persist(&self.target).map_err(|error| error.error).context(CANT_WRITE)?;
        Ok(())
    }
}

/// Keeps the file at `path` as `backup`, too.
fn keep(path: &Path, backup: &Path) -> Result<()> {
    refuse_existing(backup)?;
    let kept = match fs::hard_link(path, backup) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => copy(path, backup),
        linked => linked,
    };
    kept.with_context(|| format!("can't keep it as {}", backup.display()))
}

/// Refuses a backup that exists already.
pub fn refuse_existing(backup: &Path) -> Result<()> {
    if fs::symlink_metadata(backup).is_ok() {
        bail!(
            "its backup {} exists already; move that away or name another --backup",
            backup.display()
        );
    }
    Ok(())
}

/// What [`keep`] does where there are no hard links, or the user may not make them.
fn copy(path: &Path, backup: &Path) -> io::Result<()> {
    let mut from = File::open(path)?;
    let mut to = temporary_in(folder_of(backup), None)?;
    io::copy(&mut from, to.as_file_mut())?;
    let metadata = from.metadata()?;
    to.as_file().set_permissions(metadata.permissions())?;
    to.as_file().set_modified(metadata.modified()?)?;
    to.as_file().sync_all()?;
    to.persist_noclobber(backup).map_err(|error| error.error)?;
    Ok(())
}

/// By what a file is told from another version of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// When it was written, in nanoseconds since 1970.
    pub modified: i64,
}

impl Stamp {
    /// That of the file at `path`, if there is one.
    pub fn at(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().map(|metadata| Self::of(&metadata))
    }

    /// That of the file with this metadata.
    pub fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().map(|time| time.duration_since(UNIX_EPOCH));
        let modified = since.map(|since| match since {
            Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
            Err(error) => {
                i64::try_from(error.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos)
            }
        });
        Self { size: metadata.len(), modified: modified.unwrap_or(0) }
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

pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A file beside `target`, where it can be renamed to it; without a mode it is the user's alone.
fn temporary(target: &Path, mode: Option<Permissions>, sweeper: &Sweeper) -> Result<Writer> {
    let folder = folder_of(target);
    sweeper.sweep(folder);
    let file = temporary_in(folder, mode)
        .with_context(|| format!("can't make a temporary file in {}", folder.display()))?;
    Ok(Writer::Temporary(file))
}

/// A file in `folder`; without a mode it is the user's alone.
pub fn temporary_in(folder: &Path, mode: Option<Permissions>) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    if let Some(mode) = mode {
        builder.permissions(mode);
    }
    let file = builder.tempfile_in(folder).map_err(without_path)?;
    // So that no other run takes it for a stray. A file system without locks has to do without.
    let _ = file.as_file().try_lock();
    Ok(file)
}

/// The error without the path of the temporary file, which nobody knows.
pub fn without_path(error: io::Error) -> io::Error {
    let text = error.to_string();
    match text.split_once(" at path ") {
        Some((reason, _)) => io::Error::new(error.kind(), reason),
        None => error,
    }
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

/// Makes renamings of `path` survive a loss of power.
pub fn sync_folder_of(path: &Path) -> Result<()> {
    sync_folder(folder_of(path))
}

/// Makes renamings in `folder` survive a loss of power.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // A folder that can't be read, or a file system that does not sync folders.
        Err(error)
            if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::InvalidInput) =>
        {
            Ok(())
        }
        done => done.context(CANT_WRITE),
    }
}

#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> Result<()> {
    Ok(())
}

/// The mode of a copy: it must not run as somebody whose file it is not.
#[cfg(unix)]
fn copied_mode(source: &Metadata) -> Permissions {
    use std::os::unix::fs::PermissionsExt;
    Permissions::from_mode(source.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn copied_mode(source: &Metadata) -> Permissions {
    source.permissions()
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

/// Makes the folder at `below`, a path from `folder` on, with all between, and gives the whole path.
///
/// # Errors
///
/// If a link leads the path out of `folder`, or to nowhere.
pub fn make_folder(folder: &Path, below: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let target = folder.join(below);
    let existing = target.ancestors().find(|path| path.symlink_metadata().is_ok());
    refuse_beyond(folder, existing.unwrap_or(folder))?;
    fs::create_dir_all(&target)?;
    Ok(target)
}

/// Makes the folders that a file at `below`, a path from `folder` on, needs, and gives the whole path.
///
/// # Errors
///
/// If a link leads the path out of `folder`, or to nowhere.
pub fn make_room(folder: &Path, below: &Path) -> Result<PathBuf> {
    make_folder(folder, below.parent().unwrap_or(Path::new("")))?;
    let target = folder.join(below);
    if target.symlink_metadata().is_ok() {
        refuse_beyond(folder, &target)?;
    }
    Ok(target)
}

fn refuse_beyond(folder: &Path, path: &Path) -> Result<()> {
    let root = fs::canonicalize(folder)?;
    if !fs::canonicalize(path).is_ok_and(|path| path.starts_with(&root)) {
        bail!("a link leads out of {}; remove it", folder.display());
    }
    Ok(())
}
