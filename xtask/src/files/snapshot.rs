//! What a folder holds at a moment.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};

/// All that is below a folder, by its path from there.
#[derive(Default)]
pub struct Snapshot {
    pub nodes: BTreeMap<PathBuf, Node>,
    /// The temporary files of `jianfan`, which are no part of it.
    pub strays: Vec<PathBuf>,
}

/// A file, a folder or a link.
#[derive(Clone)]
pub struct Node {
    pub content: Content,
    pub mode: u32,
    modified: SystemTime,
    /// Of the names that lead to the same file, the first.
    first_name: PathBuf,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    Folder,
    Link(PathBuf),
    File(Vec<u8>),
}

/// What the names of temporary files begin with.
const STRAY: &str = ".jianfan-";

impl Snapshot {
    /// Reads what is below `root`; nothing, if that does not exist.
    pub fn read(root: &Path) -> Result<Self> {
        let (mut snapshot, mut files) = (Self::default(), HashMap::new());
        let mut pending = vec![PathBuf::new()];
        while let Some(folder) = pending.pop() {
            for name in names(&root.join(&folder))? {
                let path = folder.join(&name);
                if name.as_encoded_bytes().starts_with(STRAY.as_bytes()) {
                    snapshot.strays.push(path);
                    continue;
                }
                let node = Node::read(&root.join(&path), &path, &mut files)?;
                if node.content == Content::Folder {
                    pending.push(path.clone());
                }
                snapshot.nodes.insert(path, node);
            }
        }
        Ok(snapshot)
    }

    /// Holds it to `wanted`, files to their times too if `times` count.
    ///
    /// # Errors
    ///
    /// The first difference.
    pub fn is(&self, wanted: &Self, times: bool) -> Result<()> {
        for (path, wanted) in &wanted.nodes {
            let node = self.nodes.get(path);
            let path = path.display();
            let node = node.with_context(|| format!("{path}: is missing"))?;
            ensure!(node.content == wanted.content, "{path}: holds something else than it should");
            let (mode, right) = (node.mode, wanted.mode);
            ensure!(mode == right, "{path}: has the mode {mode:o} instead of {right:o}");
            let (first, right) = (&node.first_name, &wanted.first_name);
            ensure!(
                first == right,
                "{path}: is one file with {} instead of {}",
                first.display(),
                right.display()
            );
            let counts = times && matches!(node.content, Content::File(_));
            ensure!(!counts || node.modified == wanted.modified, "{path}: has another time");
        }
        let more = self.nodes.keys().find(|path| !wanted.nodes.contains_key(*path));
        ensure!(
            more.is_none(),
            "{}: should not be there",
            more.unwrap_or(&PathBuf::new()).display()
        );
        Ok(())
    }

    /// The same without the files whose names end with `suffix`.
    pub fn without(&self, suffix: &str) -> Self {
        let mut nodes = self.nodes.clone();
        nodes.retain(|path, _| !path.as_os_str().as_encoded_bytes().ends_with(suffix.as_bytes()));
        Self { nodes, strays: self.strays.clone() }
    }

    /// An error if there are temporary files.
    pub fn has_no_strays(&self) -> Result<()> {
        let stray = self.strays.first();
        ensure!(stray.is_none(), "{}: was left", stray.unwrap_or(&PathBuf::new()).display());
        Ok(())
    }

    /// How much space it takes, in bytes: whole blocks, and a file of several names once.
    pub fn space(&self) -> u64 {
        let blocks = self.nodes.iter().map(|(path, node)| match &node.content {
            Content::File(bytes) if node.first_name == *path => bytes.len().div_ceil(BLOCK),
            Content::Folder => 1,
            _ => 0,
        });
        (blocks.sum::<usize>() * BLOCK) as u64
    }
}

/// In bytes.
const BLOCK: usize = 4096;

impl Node {
    fn read(full: &Path, path: &Path, files: &mut HashMap<(u64, u64), PathBuf>) -> Result<Self> {
        let read = || -> Result<(Metadata, Content)> {
            let metadata = fs::symlink_metadata(full)?;
            let content = match metadata.file_type() {
                kind if kind.is_dir() => Content::Folder,
                kind if kind.is_symlink() => Content::Link(fs::read_link(full)?),
                _ => Content::File(fs::read(full)?),
            };
            Ok((metadata, content))
        };
        let (metadata, content) = read().with_context(|| full.display().to_string())?;
        let id = (metadata.dev(), metadata.ino());
        let first_name = files.entry(id).or_insert_with(|| path.to_owned()).clone();
        let (mode, modified) = (metadata.mode() & 0o7777, metadata.modified()?);
        Ok(Self { content, mode, modified, first_name })
    }
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Result<Vec<std::ffi::OsString>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.with_context(|| folder.display().to_string())?,
    };
    let names = entries.map(|entry| entry.map(|entry| entry.file_name()));
    let mut names = names.collect::<Result<Vec<_>, _>>()?;
    names.sort_by(|one, other| OsStr::cmp(one, other));
    Ok(names)
}
