//! `jianfan.toml`: what a project asks for in place of the options' defaults.
//!
//! A key is an option, so that a file reads as words that stand before those of the command line.
//! [`Line`](super::line::Line) puts the two together.

mod keys;
mod layer;
mod read;
#[cfg(test)]
mod schema;
mod value;

use std::env;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

pub use self::keys::args_conflict;
pub use self::layer::{Layer, Setting};
use self::read::{Contents, Reader};
use super::args::ProjectArgs;
use super::globs::{Filter, Globs, place_below};
use super::message;

/// The name of a project file.
const NAME: &str = "jianfan.toml";

/// No project file is larger, in bytes.
const LARGEST: u64 = 1 << 20;

/// A project file, read.
#[derive(Debug)]
pub struct Project {
    /// The file, as messages call it.
    pub path: PathBuf,
    /// The settings for all files.
    pub base: Layer,
    /// Which files of folders are taken.
    pub filter: Filter,
    /// What the names of backups end with.
    pub backup: Option<String>,
    /// By what the same text is known again.
    pub fingerprint: u64,
    /// The settings for some files; later ones win.
    pub overrides: Vec<(Globs, Layer)>,
    /// Its folder, with no links in it.
    root: PathBuf,
}

impl Project {
    /// The one that `args` ask for: the file that they name, or the nearest one from the working
    /// directory upward.
    ///
    /// # Errors
    ///
    /// If it can't be read, or says something that there is not.
    pub fn find(args: &ProjectArgs, verbose: bool) -> Result<Option<Self>> {
        if args.isolated {
            return Ok(None);
        }
        let path = match &args.project {
            Some(path) => Some(path.clone()),
            None => nearest(&env::current_dir().context("the working directory")?),
        };
        if let (Some(path), true) = (&path, verbose) {
            message::note(format_args!("settings of {}", path.display()));
        }
        path.map(|path| Self::open(&path)).transpose()
    }

    fn open(path: &Path) -> Result<Self> {
        let text = text(path).with_context(|| path.display().to_string())?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let here = if folder == "" { Path::new(".") } else { folder };
        let root = fs::canonicalize(here).with_context(|| here.display().to_string())?;
        let Contents { base, filter, overrides, backup } =
            Reader::new(path, folder, &root, &text).read()?;
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let (path, fingerprint) = (path.to_owned(), hasher.finish());
        Ok(Self { path, base, filter, backup, fingerprint, overrides, root })
    }

    /// Which overrides are for the file at `path`, by their numbers.
    pub fn matching(&self, path: &Path) -> Vec<usize> {
        let Some(path) = place_below(path, &self.root) else {
            return Vec::new();
        };
        let overrides = self.overrides.iter().enumerate();
        overrides
            .filter(|(_, (files, _))| files.match_it_or_above(&path, false))
            .map(|(number, _)| number)
            .collect()
    }

    /// The settings for a file that those overrides are for.
    pub fn layer(&self, overrides: &[usize], command: &clap::Command) -> Layer {
        let layers = overrides.iter().map(|number| &self.overrides[*number].1);
        layers.fold(self.base.clone(), |below, layer| layer.over(&below, command))
    }
}

/// The project file of `folder`, or else of the nearest folder above that has one.
fn nearest(folder: &Path) -> Option<PathBuf> {
    if is_file(Path::new(NAME)) {
        return Some(PathBuf::from(NAME));
    }
    folder.ancestors().skip(1).map(|folder| folder.join(NAME)).find(|path| is_file(path))
}

/// Folders and pipes of that name are none.
fn is_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
}

/// The text of the project file at `path`.
fn text(path: &Path) -> Result<String> {
    if path.is_dir() {
        bail!("is a directory; name a file, such as {}", path.join(NAME).display());
    }
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => {
            anyhow!("{error}; make it readable, or leave it out with --isolated")
        }
        _ => error.into(),
    })?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).context("can't read it")?;
    if bytes.len() as u64 > LARGEST {
        bail!("is larger than 1 MiB, which no project file is; leave it out with --isolated");
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        anyhow!("is not UTF-8 at byte {at}; save it as UTF-8")
    })
}
