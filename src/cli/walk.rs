//! What is below a folder.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Error, Result};
use ignore::{DirEntry, WalkBuilder};

use super::args::WalkArgs;
use super::globs::{Filter, FolderFilter, Globs};
use super::project::Project;
use super::strays::is_stray;

/// Something below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub path: PathBuf,
    pub kind: Kind,
}

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// Something else, by what messages call it: no text can be read from it.
    Special(&'static str),
}

/// Lists what is below folders.
#[derive(Debug, Clone)]
pub struct Walker {
    /// What the command line and the project take.
    filters: Vec<Filter>,
    hidden: bool,
    no_ignore: bool,
    /// What the names of backups end with.
    backup: Option<String>,
}

/// The folders of version control, which hold no texts of the user's.
const VERSION_CONTROL: [&str; 5] = [".git", ".hg", ".jj", ".svn", "CVS"];

impl Walker {
    /// As `args` ask. Their globs count from the folder `base`, those of a project, which has to
    /// take a file, too, from its own; names that end with `backup`, or the project's, are left
    /// out.
    ///
    /// # Errors
    ///
    /// If a glob is none.
    pub fn new(
        args: &WalkArgs,
        base: &Path,
        backup: Option<&str>,
        project: Option<&Project>,
    ) -> Result<Self> {
        let base = fs::canonicalize(base).unwrap_or_else(|_| base.to_owned());
        let include = (!args.include.is_empty()).then(|| Globs::new(&args.include));
        let include = include.transpose().context("--include")?;
        let exclude = Globs::new(&args.exclude).context("--exclude")?;
        let own = Filter::new(&base, include, exclude, true);
        Ok(Self {
            filters: [own].into_iter().chain(project.map(|it| it.filter.clone())).collect(),
            hidden: args.hidden,
            no_ignore: args.no_ignore,
            backup: backup.or_else(|| project?.backup.as_deref()).map(str::to_owned),
        })
    }

    /// The same, globs counting from the working directory.
    pub fn of(args: &WalkArgs, project: Option<&Project>) -> Result<Self> {
        Self::new(args, &env::current_dir().context("the working directory")?, None, project)
    }

    /// What is below `folder`, in the order of names, each folder before what it holds, but for
    /// what is below the folder `except`. What can't be listed goes to `problems`.
    ///
    /// Links are not followed: they may lead out of the folder, or to one file twice.
    pub fn walk(
        &self,
        folder: &Path,
        except: Option<&Path>,
        problems: &mut Vec<Error>,
    ) -> Vec<Entry> {
        let filters: Arc<[FolderFilter]> =
            self.filters.iter().map(|filter| filter.below(folder)).collect();
        let mut entries = Vec::new();
        for entry in self.builder(folder, except, filters.clone()).build() {
            match entry {
                Ok(entry) => {
                    problems.extend(entry.error().map(problem));
                    entries.extend(listed(entry, &filters));
                }
                Err(error) => problems.push(problem(&error)),
            }
        }
        entries
    }

    fn builder(
        &self,
        folder: &Path,
        except: Option<&Path>,
        filters: Arc<[FolderFilter]>,
    ) -> WalkBuilder {
        let except = except.and_then(|path| fs::canonicalize(path).ok());
        let backup = self.backup.clone();
        let is_wanted = move |entry: &DirEntry| {
            let name = entry.file_name();
            let is_backup = backup.as_ref().is_some_and(|suffix| ends_with(name, suffix));
            let is_left_out = is_backup
                || is_stray(name)
                || filters.iter().any(|filter| filter.excludes(entry.path(), is_folder(entry)))
                || VERSION_CONTROL.iter().any(|folder| name == *folder)
                || except.is_some() && fs::canonicalize(entry.path()).ok() == except;
            entry.depth() == 0 || !is_left_out
        };
        let mut builder = WalkBuilder::new(folder);
        builder.standard_filters(!self.no_ignore).hidden(!self.hidden);
        builder.filter_entry(is_wanted).sort_by_file_name(OsStr::cmp);
        builder
    }
}

/// The entry, unless it is the folder itself, or neither it nor a folder that it is in is to be
/// included.
fn listed(entry: DirEntry, filters: &[FolderFilter]) -> Option<Entry> {
    let kind = entry.file_type().map(kind)?;
    let is_included =
        filters.iter().all(|filter| filter.includes(entry.path(), kind == Kind::Folder));
    (entry.depth() > 0 && is_included).then(|| Entry { path: entry.into_path(), kind })
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
}

fn ends_with(name: &OsStr, suffix: &str) -> bool {
    name.as_encoded_bytes().ends_with(suffix.as_bytes())
}

fn kind(file_type: FileType) -> Kind {
    match file_type {
        kind if kind.is_file() => Kind::File,
        kind if kind.is_dir() => Kind::Folder,
        kind if kind.is_symlink() => Kind::Link,
        other => Kind::Special(special(other)),
    }
}

/// What messages call a file of this type, which is no file, folder or link.
#[cfg(unix)]
pub fn special(file_type: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match file_type {
        kind if kind.is_fifo() => "named pipe",
        kind if kind.is_socket() => "socket",
        _ => "device",
    }
}

/// What messages call a file of this type, which is no file, folder or link.
#[cfg(not(unix))]
pub fn special(_: FileType) -> &'static str {
    "device"
}

/// The error of the system, without what libraries have wrapped around it.
fn innermost(error: &dyn std::error::Error) -> &dyn std::error::Error {
    error.source().map_or(error, innermost)
}

/// What can't be listed, and why.
fn problem(error: &ignore::Error) -> Error {
    use ignore::Error::{WithDepth, WithLineNumber, WithPath};
    match error {
        WithPath { path, err } => problem(err).context(path.display().to_string()),
        WithDepth { err, .. } => problem(err),
        WithLineNumber { line, err } => problem(err).context(format!("line {line}")),
        error => match error.io_error() {
            Some(inner) => Error::msg(innermost(inner).to_string()),
            None => Error::msg(error.to_string()),
        },
    }
}
