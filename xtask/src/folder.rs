//! A folder whose files come from packages: what differs, and putting it right.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::package;

/// What separates the folder from the packages, by path.
enum Difference {
    Missing,
    Changed,
    NotOfPackage,
}

/// Holds the folder `name` to the `wanted` files, and prints what differs; `own` are the files
/// that come from no package. With `check` nothing is written. True if nothing differs any more.
pub fn sync(
    name: &str,
    wanted: &BTreeMap<String, Vec<u8>>,
    own: &[&str],
    check: bool,
) -> Result<bool> {
    let folder = package::root().join(name);
    let differences = differences(&folder, wanted, own)?;
    for (path, difference) in &differences {
        println!("{name}/{path}: {}", describe(difference, check));
        if !check {
            put_right(&folder.join(path), wanted.get(path))?;
        }
    }
    if differences.is_empty() {
        println!("{name}: {} files as pinned", wanted.len());
    }
    Ok(differences.is_empty() || !check)
}

fn differences(
    folder: &Path,
    wanted: &BTreeMap<String, Vec<u8>>,
    own: &[&str],
) -> Result<BTreeMap<String, Difference>> {
    let mut found = BTreeMap::new();
    for (path, content) in wanted {
        match fs::read(folder.join(path)) {
            Ok(bytes) if bytes == *content => {}
            Ok(_) => drop(found.insert(path.clone(), Difference::Changed)),
            Err(_) => drop(found.insert(path.clone(), Difference::Missing)),
        }
    }
    for path in present_files(folder)? {
        if !wanted.contains_key(&path) && !own.contains(&path.as_str()) {
            found.insert(path, Difference::NotOfPackage);
        }
    }
    Ok(found)
}

/// The relative paths, with `/`, of all files below `folder`.
fn present_files(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut pending: Vec<PathBuf> = folder.is_dir().then(|| folder.into()).into_iter().collect();
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(&directory)? {
            let path = entry?.path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let relative = path.strip_prefix(folder)?.to_string_lossy();
                files.push(relative.replace('\\', "/"));
            }
        }
    }
    Ok(files)
}

fn describe(difference: &Difference, check: bool) -> &'static str {
    match (difference, check) {
        (Difference::Missing, true) => "missing",
        (Difference::Changed, true) => "differs from the package",
        (Difference::NotOfPackage, true) => "not of the package",
        (Difference::Missing, false) => "added",
        (Difference::Changed, false) => "renewed",
        (Difference::NotOfPackage, false) => "removed, not of the package",
    }
}

fn put_right(path: &Path, content: Option<&Vec<u8>>) -> Result<()> {
    let done = match content {
        Some(content) => {
            path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, content))
        }
        None => fs::remove_file(path),
    };
    done.with_context(|| format!("cannot write {}", path.display()))
}
