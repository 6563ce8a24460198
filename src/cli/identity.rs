//! Whether two names or streams are one file.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

/// Whether both paths lead to one file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Whether both paths are names of one file.
#[cfg(unix)]
pub fn are_names_of_one(one: &Path, other: &Path) -> bool {
    let id = |path| fs::metadata(path).ok().map(|metadata| FileId::of(&metadata));
    id(one).is_some_and(|one| id(other) == Some(one))
}

/// Other systems don't tell without opening them.
#[cfg(not(unix))]
pub fn are_names_of_one(_: &Path, _: &Path) -> bool {
    false
}

/// A file, whatever its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileId {
    device: u64,
    inode: u64,
}

impl FileId {
    /// That of the file at `path`, behind a link too, if it has several names.
    #[cfg(unix)]
    pub fn of_several_names(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;

        let metadata = fs::metadata(path).ok().filter(|metadata| metadata.nlink() > 1)?;
        metadata.is_file().then(|| Self::of(&metadata))
    }

    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;

        Self { device: metadata.dev(), inode: metadata.ino() }
    }

    /// Other systems don't tell without opening it.
    #[cfg(not(unix))]
    pub fn of_several_names(_: &Path) -> Option<Self> {
        None
    }
}

/// Whether standard output goes to the file at `input`, or to the one that standard input is.
#[cfg(unix)]
pub fn is_stdout(input: Option<&Path>) -> bool {
    match (input_metadata(input), stream_metadata(&io::stdout())) {
        (Ok(input), Ok(output)) => input.is_file() && FileId::of(&input) == FileId::of(&output),
        _ => false,
    }
}

/// Other systems don't tell; their shells lock a file that is written to.
#[cfg(not(unix))]
pub fn is_stdout(_input: Option<&Path>) -> bool {
    false
}

/// Whether `input`, or standard input, is a file rather than a pipe or a terminal.
pub fn is_regular(input: Option<&Path>) -> bool {
    input_metadata(input).is_ok_and(|metadata| metadata.is_file())
}

fn input_metadata(input: Option<&Path>) -> io::Result<Metadata> {
    match input {
        Some(path) => fs::metadata(path),
        None => stream_metadata(&io::stdin()),
    }
}

#[cfg(unix)]
fn stream_metadata(stream: &impl std::os::fd::AsFd) -> io::Result<Metadata> {
    fs::File::from(stream.as_fd().try_clone_to_owned()?).metadata()
}

#[cfg(windows)]
fn stream_metadata(stream: &impl std::os::windows::io::AsHandle) -> io::Result<Metadata> {
    fs::File::from(stream.as_handle().try_clone_to_owned()?).metadata()
}
