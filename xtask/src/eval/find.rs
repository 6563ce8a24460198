//! Which files are meant: sets in folders, and the tables near them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// What the names of files begin with that lie among sets but are none.
const NO_SETS: [&str; 3] = ["terms_", "ambiguous", "variants"];

/// The sets that `paths` name: files, and in folders all `.tsv` files, sorted.
/// None twice; an error if a path leads to none.
pub fn sets(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut sets = Vec::new();
    for path in paths {
        let mut found = Vec::new();
        if path.is_dir() {
            collect(path, &mut found)?;
            ensure!(!found.is_empty(), "no sets in {}: a set is a .tsv file", path.display());
        } else {
            ensure!(path.is_file(), "no set at {}: check the path", path.display());
            found.push(path.clone());
        }
        found.retain(|path| is_set(path) && !sets.contains(path));
        sets.extend(found);
    }
    ensure!(!sets.is_empty(), "only tables among the files given: name the sets too");
    Ok(sets)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let cannot_read = || format!("cannot read {}", folder.display());
    let entries = fs::read_dir(folder).with_context(cannot_read)?;
    let paths: std::io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.with_context(cannot_read)?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "tsv") && is_set(&path) {
            found.push(path);
        }
    }
    Ok(())
}

fn is_set(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    !NO_SETS.iter().any(|prefix| stem.starts_with(prefix))
}

/// The file `name` in the folder of the sets, or the nearest of the folders
/// above that has it; an error if it isn't the same file for all sets that
/// have one.
pub fn table_near(sets: &[PathBuf], name: &str) -> Result<Option<PathBuf>> {
    let mut found: Option<PathBuf> = None;
    for set in sets {
        let set = set.canonicalize().with_context(|| format!("cannot find {}", set.display()))?;
        let table = set.ancestors().skip(1).map(|folder| folder.join(name)).find(|t| t.is_file());
        match (&found, table) {
            (Some(one), Some(other)) if *one != other => bail!(
                "the sets have two tables, {} and {}: name the right one as an option",
                one.display(),
                other.display()
            ),
            (None, Some(table)) => found = Some(table),
            _ => {}
        }
    }
    Ok(found)
}

/// A name for each path: what follows the folder that all lie in.
pub fn names(paths: &[PathBuf]) -> Vec<String> {
    let mut common = paths.first().and_then(|path| path.parent()).unwrap_or(Path::new(""));
    for path in paths {
        while !path.starts_with(common) {
            common = common.parent().unwrap_or(Path::new(""));
        }
    }
    let name = |path: &PathBuf| path.strip_prefix(common).unwrap_or(path).display().to_string();
    paths.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(paths: &[&str]) -> Vec<PathBuf> {
        paths.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn tables_are_no_sets() {
        assert!(is_set(Path::new("sets/ambiguity/law.tsv")));
        assert!(is_set(Path::new("sets/terms.tsv")));
        assert!(!is_set(Path::new("sets/terms_tw.tsv")));
        assert!(!is_set(Path::new("sets/variants.tsv")));
        assert!(!is_set(Path::new("sets/ambiguous_reverse.tsv")));
    }

    #[test]
    fn names_leave_out_the_common_folder() {
        assert_eq!(names(&paths(&["a/b/c.tsv", "a/d.tsv"])), ["b/c.tsv", "d.tsv"]);
        assert_eq!(names(&paths(&["a/b/c.tsv"])), ["c.tsv"]);
        assert_eq!(names(&paths(&["a/b.tsv", "c.tsv"])), ["a/b.tsv", "c.tsv"]);
        assert_eq!(names(&paths(&["/a/b.tsv", "c.tsv"])), ["/a/b.tsv", "c.tsv"]);
    }

    /// A folder with empty files.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files.iter().map(|file| folder.path().join(file)) {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        folder
    }

    #[test]
    fn folders_are_searched_and_nothing_comes_twice() {
        let folder = folder(&["b/c.tsv", "a.tsv", "variants.tsv", "b/notes.txt"]);
        let root = folder.path();
        let found = sets(&[root.join("b/c.tsv"), root.to_owned()]).unwrap();
        assert_eq!(found, [root.join("b/c.tsv"), root.join("a.tsv")]);
        assert!(sets(&[root.join("variants.tsv")]).is_err());
    }

    #[test]
    fn the_nearest_table_counts_and_must_be_one() {
        let folder = folder(&["a/b/c.tsv", "a/variants.tsv", "variants.tsv", "d.tsv"]);
        let root = folder.path().canonicalize().unwrap();
        let [near, far] = [root.join("a/b/c.tsv"), root.join("d.tsv")];
        let table = table_near(std::slice::from_ref(&near), "variants.tsv").unwrap();
        assert_eq!(table, Some(root.join("a/variants.tsv")));
        assert!(table_near(&[near, far], "variants.tsv").is_err());
    }

    #[test]
    fn a_path_to_nothing_is_an_error() {
        let message = format!("{:#}", sets(&paths(&["no/such.tsv"])).unwrap_err());
        assert_eq!(message, "no set at no/such.tsv: check the path");
    }
}
