//! A project file as its text has it, checked: each key becomes what the command line would say.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use anyhow::{Error, Result, anyhow};
use clap::Command;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::keys::{FILES, OVERRIDE, Shape};
use super::layer::Layer;
use crate::cli::args;
use crate::cli::globs::{Filter, Globs};

/// What a project file says.
#[derive(Debug)]
pub struct Contents {
    pub base: Layer,
    pub filter: Filter,
    pub overrides: Vec<(Globs, Layer)>,
    /// What the names of backups end with.
    pub backup: Option<String>,
}

/// A key and its place.
pub type Name<'a> = Spanned<DeString<'a>>;

/// A value and its place.
pub type Value<'a> = Spanned<DeValue<'a>>;

/// Reads a project file.
pub struct Reader<'a> {
    /// The file, as messages call it.
    path: &'a Path,
    /// The folder from which its paths count.
    pub folder: &'a Path,
    /// The same with no links in it.
    root: &'a Path,
    text: &'a str,
    pub command: Command,
    /// The folders in which it has configs looked for, too.
    pub searched: Vec<PathBuf>,
}

impl<'a> Reader<'a> {
    /// What the file at `path` says.
    pub fn new(path: &'a Path, folder: &'a Path, root: &'a Path, text: &'a str) -> Self {
        Self { path, folder, root, text, command: args::command(), searched: Vec::new() }
    }

    /// Reads it all.
    ///
    /// # Errors
    ///
    /// Something that is wrong, with its place.
    pub fn read(mut self) -> Result<Contents> {
        let table = DeTable::parse(self.text).map_err(|error| self.invalid(&error))?;
        let table = table.get_ref();
        self.searched = searched(table).map(|folder| self.folder.join(folder)).collect();
        let base = self.layer(table, false, &[OVERRIDE, "include", "exclude"])?;
        let (include, exclude) = (self.globs(table, "include")?, self.globs(table, "exclude")?);
        let filter = Filter::new(self.root, include, exclude.unwrap_or_default(), false);
        let overrides = table.get(OVERRIDE).map(|value| self.overrides(value)).transpose()?;
        let backup = table.get("backup").and_then(|value| value.get_ref().as_str());
        Ok(Contents {
            base,
            filter,
            overrides: overrides.unwrap_or_default(),
            backup: backup.map(str::to_owned),
        })
    }

    fn overrides(&self, value: &Value<'_>) -> Result<Vec<(Globs, Layer)>> {
        let problem = |value: &Value<'_>| {
            self.problem(value.span().start, "override: must be tables: [[override]], files = […]")
        };
        let tables = value.get_ref().as_array().ok_or_else(|| problem(value))?;
        let read = |value: &Value<'_>| {
            let table = value.get_ref().as_table().ok_or_else(|| problem(value))?;
            self.for_files(table, value.span().start)
        };
        tables.iter().map(read).collect()
    }

    /// The table of some files, which begins at `start`.
    fn for_files(&self, table: &DeTable<'_>, start: usize) -> Result<(Globs, Layer)> {
        let layer = self.layer(table, true, &[FILES])?;
        let files = self.globs(table, FILES)?.ok_or_else(|| {
            let remedy = "override: names no files; add their globs, such as files = [\"*.srt\"]";
            self.problem(start, remedy)
        })?;
        Ok((files, layer))
    }

    /// The settings of a table, which is that of some files or not, but for the keys `apart`.
    fn layer(&self, table: &DeTable<'_>, in_override: bool, apart: &[&str]) -> Result<Layer> {
        let mut layer = Layer::default();
        for (name, value) in in_order(table) {
            if apart.contains(&name.get_ref().as_ref()) {
                continue;
            }
            let setting = self.setting(name, value, in_override)?;
            let mut others = layer.settings.iter();
            if let Some(other) = others.find(|other| setting.conflicts(other, &self.command)) {
                let (key, other) = (setting.key.name, other.key.name);
                let problem = format!("{key}: does not go with {other}; leave one of them out");
                return Err(self.problem(name.span().start, problem));
            }
            layer.settings.push(setting);
        }
        Ok(layer)
    }

    /// The globs of a key; none if it is not there, or empty.
    fn globs(&self, table: &DeTable<'_>, name: &str) -> Result<Option<Globs>> {
        let Some(value) = table.get(name) else {
            return Ok(None);
        };
        let list = value.get_ref().as_array();
        let list = list.ok_or_else(|| self.wrong_shape(name, Shape::List, value))?;
        let wrong =
            |at: &Value<'_>, error| self.problem(at.span().start, format!("{name}: {error}"));
        let read = |glob: &Value<'_>| {
            let text = [self.text_in(name, glob)?.to_owned()];
            Globs::new(&text).map(|_| text).map_err(|error| wrong(glob, error))
        };
        let globs = list.iter().map(read).collect::<Result<Vec<_>>>()?;
        let globs = (!globs.is_empty()).then(|| Globs::new(globs.as_flattened()));
        globs.transpose().map_err(|error| wrong(value, error))
    }

    /// A text of the list that belongs to the key `name`.
    pub fn text_in<'v>(&self, name: &str, value: &'v Value<'_>) -> Result<&'v str> {
        value.get_ref().as_str().ok_or_else(|| self.wrong_shape(name, Shape::List, value))
    }

    /// That the value of the key `name` must look otherwise.
    pub fn wrong_shape(&self, name: &str, shape: Shape, value: &Value<'_>) -> Error {
        self.problem(value.span().start, format!("{name}: must be {}", shape.name()))
    }

    fn invalid(&self, error: &toml::de::Error) -> Error {
        let start = error.span().map_or(0, |span| span.start);
        self.problem(start, error.message().replace('\n', "; "))
    }

    /// What is wrong at a byte of the text.
    pub fn problem(&self, at: usize, problem: impl Display) -> Error {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|character| *character != '\n').count() + 1;
        anyhow!("{}:{line}:{column}: {problem}", self.path.display())
    }
}

/// The folders that `path` names, here and in the tables of some files.
fn searched<'t>(table: &'t DeTable<'_>) -> impl Iterator<Item = &'t str> {
    let lists =
        |table: &'t DeTable<'_>| table.get("path").and_then(|list| list.get_ref().as_array());
    let tables = table.get(OVERRIDE).and_then(|tables| tables.get_ref().as_array());
    let tables = tables.into_iter().flatten().filter_map(|table| table.get_ref().as_table());
    let lists = std::iter::once(table).chain(tables).filter_map(lists);
    lists.flatten().filter_map(|folder| folder.get_ref().as_str())
}

/// The keys of a table and their values, in the order in which they are written.
fn in_order<'t, 'a>(table: &'t DeTable<'a>) -> Vec<(&'t Name<'a>, &'t Value<'a>)> {
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by_key(|(key, _)| key.span().start);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &str = "to = \"zh-TW\"\nfrom = 'auto'\nvocabulary = \"safe\"\njobs = 0x2\n\
        tables = [\"builtin:tw-tai\", 'Cargo.toml']\ninclude = [\"*.txt\", '!/a/**/b']\n\
        hidden = true\n[[override]]\nfiles = [\"*.字幕\"]\nencoding = \"big5\" # 繁\n";

    fn read(text: &str) -> Result<Contents> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        Reader::new(Path::new("jianfan.toml"), folder, folder, text).read()
    }

    fn words(layer: &Layer) -> Vec<String> {
        let words = layer.settings.iter().flat_map(|setting| &setting.words);
        words.map(|word| word.to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn keys_become_words_in_their_order() {
        let contents = read(ALL).unwrap();
        let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        assert_eq!(
            words(&contents.base),
            [
                "--to=zh-TW",
                "--from=auto",
                "--vocabulary=safe",
                "--jobs=2",
                "--table=builtin:tw-tai",
                &format!("--table={}", table.display()),
                "--hidden",
            ]
        );
        let (files, layer) = &contents.overrides[0];
        assert!(files.match_it(Path::new("a.字幕"), false));
        assert_eq!(words(layer), ["--encoding=big5"]);
    }

    #[test]
    fn whatever_is_written_is_read_or_refused_with_its_place() {
        let cuts = ALL.char_indices().map(|(at, _)| ALL[..at].to_owned());
        let gaps = ALL
            .char_indices()
            .map(|(at, it)| format!("{}{}", &ALL[..at], &ALL[at + it.len_utf8()..]));
        for text in cuts.chain(gaps) {
            if let Err(error) = read(&text) {
                let error = error.to_string();
                let place = error.strip_prefix("jianfan.toml:").unwrap_or_default();
                let numbers: Vec<&str> = place.splitn(3, ':').collect();
                assert!(numbers.len() == 3, "{error}");
                assert!(numbers[..2].iter().all(|number| number.parse::<usize>().is_ok()));
                assert!(!error.contains('\n'), "{error}");
            }
        }
    }
}
