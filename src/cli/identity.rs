//! Whether two names or streams are one file.

use std::fs;
use std::path::Path;

/// Whether both paths lead to one file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Whether standard output goes to the file at `input`, or to the one that standard input is.
#[cfg(unix)]
pub fn is_stdout(input: Option<&Path>) -> bool {
    use std::fs::{File, Metadata};
    use std::io;
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;

    let of_stream = |stream: &dyn AsFd| -> io::Result<Metadata> {
        File::from(stream.as_fd().try_clone_to_owned()?).metadata()
    };
    let input = match input {
        Some(path) => fs::metadata(path),
        None => of_stream(&io::stdin()),
    };
    match (input, of_stream(&io::stdout())) {
        (Ok(input), Ok(output)) => {
            input.is_file() && (input.dev(), input.ino()) == (output.dev(), output.ino())
        }
        _ => false,
    }
}

/// Other systems don't tell; their shells lock a file that is written to.
#[cfg(not(unix))]
pub fn is_stdout(_input: Option<&Path>) -> bool {
    false
}
