//! Globs as in a `.gitignore` file, which count from a folder.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Globs, of which the last one that matches a path decides: one with a ! before it takes it out.
#[derive(Debug, Clone)]
pub struct Globs {
    globs: Gitignore,
}

/// None.
impl Default for Globs {
    fn default() -> Self {
        Self { globs: Gitignore::empty() }
    }
}

impl Globs {
    /// Those that are written so.
    ///
    /// # Errors
    ///
    /// If one is none.
    pub fn new(globs: &[String]) -> Result<Self, ignore::Error> {
        let mut builder = GitignoreBuilder::new("");
        builder.allow_unclosed_class(false);
        for glob in globs {
            builder.add_line(None, glob)?;
        }
        Ok(Self { globs: builder.build()? })
    }

    /// Whether they match `path`, which is relative and may be a folder's.
    pub fn match_it(&self, path: &Path, is_folder: bool) -> bool {
        self.globs.matched(path, is_folder).is_ignore()
    }

    /// Whether they match it, or else a folder that it is in.
    pub fn match_it_or_above(&self, path: &Path, is_folder: bool) -> bool {
        self.globs.matched_path_or_any_parents(path, is_folder).is_ignore()
    }
}

/// Which files of folders to take.
#[derive(Debug, Clone)]
pub struct Filter {
    /// The folder from which globs count, with no links in it.
    root: PathBuf,
    /// Only what matches, if there are any.
    include: Option<Globs>,
    /// Nothing that matches.
    exclude: Globs,
    /// Whether it speaks of files outside that folder, too.
    everywhere: bool,
}

impl Filter {
    /// By globs that count from the folder `root`, which has no links in it.
    pub fn new(root: &Path, include: Option<Globs>, exclude: Globs, everywhere: bool) -> Self {
        Self { root: root.to_owned(), include, exclude, everywhere }
    }

    /// The same for what is below `folder`.
    pub fn below(&self, folder: &Path) -> FolderFilter {
        let start = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        FolderFilter { filter: self.clone(), folder: folder.to_owned(), start }
    }
}

/// Which files to take of what is below a folder.
#[derive(Debug)]
pub struct FolderFilter {
    filter: Filter,
    folder: PathBuf,
    /// The folder, with no links in it.
    start: PathBuf,
}

impl FolderFilter {
    /// Whether to leave out what is at `path`, and below it.
    pub fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        self.place(path).is_some_and(|place| self.filter.exclude.match_it(&place, is_folder))
    }

    /// Whether to take what is at `path`, if nothing excludes it.
    pub fn includes(&self, path: &Path, is_folder: bool) -> bool {
        match (self.place(path), &self.filter.include) {
            (Some(place), Some(include)) => include.match_it_or_above(&place, is_folder),
            _ => true,
        }
    }

    /// The path from where globs count; none if they don't speak of it.
    fn place(&self, path: &Path) -> Option<PathBuf> {
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        let place = self.start.join(below);
        match place.strip_prefix(&self.filter.root) {
            Ok(place) => Some(place.to_owned()),
            // Globs that begin with a folder don't match it, all others may.
            Err(_) => self.filter.everywhere.then(|| Path::new("..").join(below)),
        }
    }
}

/// Where the file at `path` is from the folder `root` on, which has no links in it; none if it is
/// elsewhere. A link is where it stands, not where it leads.
pub fn place_below(path: &Path, root: &Path) -> Option<PathBuf> {
    let path = match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => {
            let parent = if parent == "" { Path::new(".") } else { parent };
            fs::canonicalize(parent).ok()?.join(name)
        }
        _ => fs::canonicalize(path).ok()?,
    };
    path.strip_prefix(root).ok().map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn globs(globs: &[&str]) -> Globs {
        let globs: Vec<String> = globs.iter().map(|glob| (*glob).to_owned()).collect();
        Globs::new(&globs).unwrap()
    }

    #[test]
    fn they_are_those_of_gitignore() {
        let has = |list: &[&str], path| globs(list).match_it_or_above(Path::new(path), false);
        assert!(has(&["*.srt"], "a/b.srt") && !has(&["/*.srt"], "a/b.srt"));
        assert!(has(&["subs/**/*.srt"], "subs/b.srt") && has(&["subs/**/*.srt"], "subs/a/b.srt"));
        assert!(has(&["subs/"], "subs/a/b.txt") && !has(&["subs/"], "subs"));
        assert!(!has(&["subs/*.srt", "!subs/new.srt"], "subs/new.srt"));
    }

    #[test]
    fn a_filter_may_speak_of_its_folder_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let takes = |everywhere, path: &str| {
            let include = Some(globs(&["*.txt", "docs/*.md"]));
            let filter = Filter::new(&root.join("in"), include, globs(&["no*"]), everywhere);
            let (filter, path) = (filter.below(&root), root.join(path));
            filter.includes(&path, false) && !filter.excludes(&path, false)
        };
        for everywhere in [false, true] {
            assert!(takes(everywhere, "in/a.txt") && takes(everywhere, "in/docs/a.md"));
            assert!(!takes(everywhere, "in/a.md") && !takes(everywhere, "in/no.txt"));
            assert!(takes(everywhere, "a.txt"));
            assert_eq!(takes(everywhere, "docs/a.md"), !everywhere);
            assert_eq!(takes(everywhere, "no.txt"), !everywhere);
        }
    }
}
