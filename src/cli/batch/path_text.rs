//! Paths in a journal: text, or bytes where they are none.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum PathText {
    Text(String),
    Bytes(Vec<u8>),
}

/// Writes a path.
pub fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    let text = path.to_str().map(|text| PathText::Text(text.to_owned()));
    text.unwrap_or_else(|| bytes(path)).serialize(serializer)
}

/// Reads a path.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    Ok(match PathText::deserialize(deserializer)? {
        PathText::Text(text) => text.into(),
        PathText::Bytes(bytes) => path(bytes),
    })
}

#[cfg(unix)]
fn bytes(path: &Path) -> PathText {
    use std::os::unix::ffi::OsStrExt;
    PathText::Bytes(path.as_os_str().as_bytes().to_vec())
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

/// A path of Windows that is no text has unpaired surrogates, which nobody makes on purpose.
#[cfg(not(unix))]
fn bytes(path: &Path) -> PathText {
    PathText::Text(path.to_string_lossy().into_owned())
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// The same for paths that may be missing.
pub mod optional {
    use super::*;

    /// Writes a path, or null.
    pub fn serialize<S: Serializer>(path: &Option<PathBuf>, to: S) -> Result<S::Ok, S::Error> {
        match path {
            Some(path) => super::serialize(path, to),
            None => to.serialize_none(),
        }
    }

    /// Reads a path, or null.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PathBuf>, D::Error> {
        Ok(match Option::<PathText>::deserialize(from)? {
            Some(PathText::Text(text)) => Some(text.into()),
            Some(PathText::Bytes(bytes)) => Some(path(bytes)),
            None => None,
        })
    }
}
