//! Whether a folder is somewhere between what it was and what it is to become: every file whole,
//! the old one or the new one, under one of its names.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::snapshot::{Content, Node, Snapshot};

/// Holds `now` to what was there `before` and what will be there `after`. What both have is there
/// once; what comes newly may be there.
///
/// Names differ in characters that are not ASCII alone, by which the old one and the new one are
/// known for the same.
///
/// # Errors
///
/// The first thing that is lost, cut, doubled or strange.
pub fn check(now: &Snapshot, before: &Snapshot, after: &Snapshot) -> Result<()> {
    let mut versions: HashMap<String, Vec<&Node>> = HashMap::new();
    let mut names: HashSet<(String, Option<&OsStr>)> = HashSet::new();
    for (path, node) in before.nodes.iter().chain(&after.nodes) {
        versions.entry(key(path)).or_default().push(node);
        names.insert((key(path), path.file_name()));
    }
    let mut found: HashMap<String, &Path> = HashMap::new();
    for (path, node) in &now.nodes {
        let about = || path.display().to_string();
        let versions = versions.get(&key(path)).context("is strange").with_context(about)?;
        ensure!(
            is_one_of(node, versions),
            "{}: is neither the old one nor the new one",
            path.display()
        );
        ensure!(
            path.ancestors().all(|path| is_name(path, &names)),
            "{}: is neither the old name nor the new one",
            path.display()
        );
        if let Some(other) = found.insert(key(path), path) {
            bail!("{}: is the same as {}", path.display(), other.display());
        }
    }
    let lost = before.nodes.keys().find(|path| !found.contains_key(&key(path)));
    ensure!(lost.is_none(), "{}: is lost", lost.map_or("".into(), |path| path.to_string_lossy()));
    Ok(())
}

fn key(path: &Path) -> String {
    path.to_string_lossy().chars().filter(char::is_ascii).collect()
}

/// Whether it is one of the `versions`. Folders have their modes when all in them is done, and links
/// may lead through new folders to old names.
fn is_one_of(node: &Node, versions: &[&Node]) -> bool {
    match &node.content {
        Content::Folder => versions.iter().any(|version| version.content == Content::Folder),
        Content::Link(target) => target.iter().enumerate().all(|(place, name)| {
            versions.iter().any(|version| match &version.content {
                Content::Link(target) => target.iter().nth(place) == Some(name),
                _ => false,
            })
        }),
        file => {
            versions.iter().any(|version| version.content == *file && version.mode == node.mode)
        }
    }
}

/// Whether what `path` leads to was, or will be, called so; the folder itself has no name.
fn is_name(path: &Path, names: &HashSet<(String, Option<&OsStr>)>) -> bool {
    path.as_os_str().is_empty() || names.contains(&(key(path), path.file_name()))
}
