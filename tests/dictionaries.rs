//! `dictionaries/opencc` is what its `SOURCES.toml` says, file by file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Files of our own, which `SOURCES.toml` does not name.
const OWN_FILES: [&str; 2] = ["README.md", "SOURCES.toml"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries/opencc")
}

/// The table `[[files]]`.
fn named_files() -> Vec<toml::Table> {
    let text = fs::read_to_string(folder().join("SOURCES.toml")).expect("SOURCES.toml is there");
    let sources: toml::Table = text.parse().expect("SOURCES.toml is TOML");
    let files = sources["files"].as_array().expect("files is an array");
    files.iter().map(|file| file.as_table().expect("a file is a table").clone()).collect()
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The paths of all files below the folder, relative to it.
fn present_files() -> BTreeSet<String> {
    let root = folder();
    let mut files = BTreeSet::new();
    let mut pending = vec![root.clone()];
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(directory).expect("a folder can be listed") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let relative = path.strip_prefix(&root).expect("it lies below the root");
                files.insert(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files
}

#[test]
fn every_named_file_has_its_size_and_sha256() {
    let files = named_files();
    assert!(files.len() > 16, "only {} files are named", files.len());
    for file in files {
        let path = file["path"].as_str().expect("path is a string");
        let content = fs::read(folder().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        let size = content.len().try_into().ok();
        assert_eq!(file["size"].as_integer(), size, "size of {path}");
        let digest = sha256(&content);
        assert_eq!(file["sha256"].as_str(), Some(&*digest), "SHA-256 of {path}");
    }
}

#[test]
fn no_file_stands_there_unnamed() {
    let files = named_files();
    let named = files.iter().filter_map(|file| file["path"].as_str());
    let expected: BTreeSet<String> = named.chain(OWN_FILES).map(str::to_owned).collect();
    assert_eq!(present_files(), expected);
}

#[test]
fn the_named_files_are_sorted() {
    let files = named_files();
    let paths: Vec<_> = files.iter().map(|file| file["path"].as_str()).collect();
    assert!(paths.is_sorted(), "{paths:?}");
}
