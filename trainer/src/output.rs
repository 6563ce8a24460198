//! What was learned, as a file: whole, or as it was before.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use tempfile::{Builder, NamedTempFile};

/// Finds out whether a file can be written there.
pub fn check(path: &Path) -> Result<()> {
    ensure!(!path.is_dir(), "{}: is a folder; name a file in it with -o", path.display());
    beside(path).map(drop)
}

/// Writes the file in one step: another one of that name is replaced by the whole new one.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = beside(path)?;
    let written = file.write_all(bytes).and_then(|()| Ok(file.persist(path)?));
    written.map(drop).with_context(|| format!("{}: can't write", path.display()))
}

/// A new file in the same folder, which goes away if it isn't given the other's name.
fn beside(path: &Path) -> Result<NamedTempFile> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(parent.unwrap_or(Path::new("."))).map_err(|error| {
        // Without the name of the new file, which nobody knows.
        let reason = error.to_string();
        let reason = reason.split(" at path ").next().unwrap_or_default();
        anyhow!("{}: no file can be made there ({reason}); name another with -o", path.display())
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.bin");
        fs::write(&path, "old").unwrap();
        check(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        write(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn where_no_file_can_be_is_said() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check(folder.path()).unwrap_err().to_string().contains("is a folder"));
        let path = folder.path().join("none/model.bin");
        let name = path.display().to_string();
        for error in [check(&path).unwrap_err(), write(&path, b"new").unwrap_err()] {
            assert!(error.to_string().starts_with(&name), "{error}");
        }
    }
}
