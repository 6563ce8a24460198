//! `--names`: what files and folders are called afterwards.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Component, Path, PathBuf, absolute};
use std::sync::Arc;

use anyhow::{Context, Error, Result, anyhow, bail};

use super::collisions::Collisions;
use crate::cli::input::Input;
use crate::cli::profile::Profile;
use crate::cli::settings::Settings;
use crate::cli::walk::Kind;

/// What is called otherwise afterwards.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Renames {
    /// Links that lead to what gets another name, in any order.
    pub links: Vec<Relink>,
    /// In the order in which they can be done: the deepest first.
    pub names: Vec<Rename>,
}

impl Renames {
    /// The same without those of the files in `failed`, to which links lead as before.
    pub fn without(&self, failed: &[PathBuf]) -> Result<Self> {
        let names = self.names.iter().filter(|rename| !failed.contains(&rename.from));
        let names: Vec<Rename> = names.cloned().collect();
        let links = self.links.iter().map(|link| (link.link.clone(), link.before.clone()));
        Ok(Self { links: relinks(links, &names)?, names })
    }
}

/// A file, a folder or a link gets another name in the same folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    pub from: PathBuf,
    pub to: PathBuf,
}

/// A link that is to lead to the same file as before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relink {
    pub link: PathBuf,
    pub before: PathBuf,
    pub after: PathBuf,
}

/// Converts names.
pub struct Names {
    profile: Arc<Profile>,
}

impl Names {
    /// As `settings` ask of all files, if names are to be converted.
    ///
    /// # Errors
    ///
    /// If they don't say how.
    pub fn of(settings: &Settings) -> Result<Option<Self>> {
        let profile = settings.names.then(|| settings.profiles.usual()).transpose()?;
        Ok(profile.map(|profile| Self { profile }))
    }

    /// `path` with all its names converted; what is not UTF-8 stays.
    ///
    /// # Errors
    ///
    /// If a name would become one that no file can have.
    pub fn path(&self, path: &Path) -> Result<PathBuf> {
        let name = |component: Component<'_>| match component {
            Component::Normal(name) => self.name(name),
            other => Ok(other.as_os_str().to_owned()),
        };
        let names: Result<PathBuf> = path.components().map(name).collect();
        names.with_context(|| path.display().to_string())
    }

    /// Where a link leads that stands at `place` below a folder all names of which are converted,
    /// if it led to `target` before: only what is below the folder has another name.
    pub fn link(&self, place: &Path, target: &Path) -> Result<PathBuf> {
        let mut depth = place.components().count() - 1;
        for component in target.components() {
            depth = match (component, depth) {
                (Component::Normal(_), depth) => depth + 1,
                (Component::CurDir, depth) => depth,
                (Component::ParentDir, 1..) => depth - 1,
                _ => return Ok(target.to_owned()),
            };
        }
        self.path(target)
    }

    fn name(&self, name: &OsStr) -> Result<OsString> {
        let Some(text) = name.to_str() else {
            return Ok(name.to_owned());
        };
        let converted = self.profile.conversion.converter(text)?.0.convert(text)?;
        let mut components = Path::new(&converted).components();
        match (components.next(), components.next()) {
            (Some(Component::Normal(only)), None) if only == converted.as_str() => {
                Ok(converted.into())
            }
            _ => bail!("its name would become {converted:?}, which no file can have"),
        }
    }

    /// What of `found` gets another name. Folders of which it is what is below keep theirs.
    ///
    /// # Errors
    ///
    /// If two would have one name.
    pub fn renames(&self, found: &[(Input, Kind)], problems: &mut Vec<Error>) -> Result<Renames> {
        let mut names = Vec::new();
        for path in found.iter().filter_map(|(input, _)| input.path()) {
            match self.rename(path) {
                Ok(rename) => names.extend(rename),
                Err(error) => problems.push(error.context(path.display().to_string())),
            }
        }
        refuse_collisions(&names)?;
        let depth = |rename: &Rename| rename.from.components().count();
        names.sort_by_key(|rename| std::cmp::Reverse(depth(rename)));
        let links = relinks(links(found)?, &names)?;
        Ok(Renames { links, names })
    }

    fn rename(&self, path: &Path) -> Result<Option<Rename>> {
        let name = path.file_name().unwrap_or_default();
        if name.to_str().is_none() {
            return Err(anyhow!(
                "its name is not UTF-8, so that it stays as it is; rename it first"
            ));
        }
        let to = path.with_file_name(self.name(name)?);
        Ok((to != path).then(|| Rename { from: path.to_owned(), to }))
    }
}

fn refuse_collisions(names: &[Rename]) -> Result<()> {
    let mut collisions = Collisions::default();
    let mut sources: HashMap<&Path, &Path> = HashMap::new();
    for Rename { from, to } in names {
        if let Some(other) = sources.insert(to, from) {
            collisions.add(other, from, to);
        } else if fs::symlink_metadata(to).is_ok() {
            collisions.add(from, to, to);
        }
    }
    collisions.refuse("have the name")
}

/// The links among `found`, each with what it leads to.
fn links(found: &[(Input, Kind)]) -> Result<Vec<(PathBuf, PathBuf)>> {
    let links = found.iter().filter(|(_, kind)| *kind == Kind::Link);
    let links = links.filter_map(|(input, _)| input.path()).map(|path| {
        let target = fs::read_link(path).with_context(|| path.display().to_string())?;
        Ok((path.to_owned(), target))
    });
    links.collect()
}

/// What becomes of those `links` that lead to, or through, what gets another name.
fn relinks(
    links: impl IntoIterator<Item = (PathBuf, PathBuf)>,
    names: &[Rename],
) -> Result<Vec<Relink>> {
    let full =
        |rename: &Rename| Ok((absolute(&rename.from)?, rename.to.file_name().map(OsStr::to_owned)));
    let names: HashMap<PathBuf, Option<OsString>> =
        names.iter().map(full).collect::<Result<_>>()?;
    let mut relinks = Vec::new();
    for (link, before) in links {
        let after = led_on(&absolute(&link)?, &before, &names);
        if after != before {
            relinks.push(Relink { link, before, after });
        }
    }
    Ok(relinks)
}

/// Where the link at `link`, which leads to `target`, leads when those at the paths of `names` have
/// their new names.
fn led_on(link: &Path, target: &Path, names: &HashMap<PathBuf, Option<OsString>>) -> PathBuf {
    let mut at = link.parent().unwrap_or(link).to_owned();
    let mut led = PathBuf::new();
    for component in target.components() {
        match component {
            Component::ParentDir => drop(at.pop()),
            other => at.push(other),
        }
        // What is above has a name of its own, but here it is not called by that.
        let is_called = matches!(component, Component::Normal(_));
        let name = names.get(&at).filter(|_| is_called).and_then(Option::as_deref);
        led.push(name.unwrap_or(component.as_os_str()));
    }
    led
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_on_to_the_same_file() {
        let names = [("/d/简", "簡"), ("/d/简/体.txt", "體.txt")];
        let names = names.map(|(path, name)| (PathBuf::from(path), Some(OsString::from(name))));
        let names = HashMap::from(names);
        let led = |link: &str, target: &str| led_on(Path::new(link), Path::new(target), &names);
        assert_eq!(led("/d/link", "简/体.txt"), Path::new("簡/體.txt"));
        assert_eq!(led("/d/简/link", "../简/体.txt"), Path::new("../簡/體.txt"));
        assert_eq!(led("/d/简/里/link", "../体.txt"), Path::new("../體.txt"));
        assert_eq!(led("/d/简/里/link", "../../x"), Path::new("../../x"));
        assert_eq!(led("/d/link", "/d/简/体.txt"), Path::new("/d/簡/體.txt"));
        assert_eq!(led("/d/link", "体.txt"), Path::new("体.txt"));
    }
}
