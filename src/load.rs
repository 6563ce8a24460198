//! Configs and tables from files. Everything else in the library does no I/O of its own accord.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::context::Model;
use crate::conversion::{Config, ConfigError, DictionaryFormat, TofuRisk, builtin_text_table};
use crate::dictionary::concepts::{self, ConceptTable};
use crate::dictionary::{Dictionary, DictionaryError, ocd2, text};

/// The header of a compiled dictionary; a text table can't begin with it, having no TAB there.
const OCD2_MAGIC: &[u8] = b"OPENCC_MARISA";

/// Reads a table of the user's: a text dictionary as [`text::parse_strict`] wants it, or a
/// compiled `.ocd2` one.
///
/// # Errors
///
/// [`ConfigError::Io`] if the file can't be read, [`ConfigError::Dictionary`] with file and line
/// if it is malformed.
pub fn table(path: &Path) -> Result<Dictionary, ConfigError> {
    phrases(path, &read(path)?)
}

fn phrases(path: &Path, bytes: &[u8]) -> Result<Dictionary, ConfigError> {
    let name = path.display().to_string();
    let is_ocd2 = path.extension().is_some_and(|extension| extension == "ocd2");
    let parsed = if is_ocd2 || bytes.starts_with(OCD2_MAGIC) {
        ocd2::parse(&name, bytes)
    } else {
        text::parse_strict(&name, bytes)
    };
    Ok(parsed?)
}

/// A table of the user's, of either kind.
#[derive(Debug, Clone)]
pub enum UserTable {
    /// Phrases, as [`table`] reads them.
    Phrases(Dictionary),
    /// Concepts, as [`concepts::parse`] reads them.
    Concepts(ConceptTable),
}

/// Reads a table of the user's of either kind: of concepts if it [has their header](concepts::is_table),
/// or else of phrases.
///
/// ```
/// use jianfan::load::{UserTable, user_table};
///
/// let path = std::path::Path::new("dictionaries/regions/games.tsv");
/// assert!(matches!(user_table(path), Ok(UserTable::Concepts(table)) if table.len() > 10));
/// ```
///
/// # Errors
///
/// [`ConfigError::Io`] if the file can't be read, [`ConfigError::Dictionary`] with file and line
/// if it is malformed.
pub fn user_table(path: &Path) -> Result<UserTable, ConfigError> {
    let bytes = read(path)?;
    if concepts::is_table(&bytes) {
        let table = concepts::parse(&path.display().to_string(), &bytes)?;
        return Ok(UserTable::Concepts(table));
    }
    phrases(path, &bytes).map(UserTable::Phrases)
}

/// Reads a context model, as the trainer writes it.
///
/// # Errors
///
/// [`ConfigError::Io`] if the file can't be read, [`ConfigError::Model`] if it is no model.
pub fn model(path: &Path) -> Result<Model, ConfigError> {
    let error = |error| ConfigError::Model { file: path.display().to_string(), error };
    Model::from_bytes(read(path)?).map_err(error)
}

/// Reads a custom config and the dictionaries it names.
///
/// A dictionary is looked for beside the config, in the working directory, then in `folders`; a
/// name that is found nowhere but is a built-in table's, with whatever ending, means that table.
///
/// # Errors
///
/// [`ConfigError`] for a file that can't be found or read, and for malformed content.
pub fn config(
    path: &Path,
    tofu_risk: TofuRisk,
    folders: &[PathBuf],
) -> Result<Config, ConfigError> {
    let json = config_text(path)?;
    let searched = searched_folders(path, folders);
    let name = path.display().to_string();
    Config::parse(&name, &json, tofu_risk, &mut |format, file| dictionary(format, file, &searched))
}

/// Reads the JSON of a config, without a byte order mark.
pub(crate) fn config_text(path: &Path) -> Result<String, ConfigError> {
    let json = String::from_utf8(read(path)?).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let file = path.display().to_string();
        ConfigError::from(DictionaryError::NotUtf8 { file, line })
    })?;
    Ok(json.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(json))
}

/// Where the dictionaries that the config at `path` names are looked for, in order.
pub(crate) fn searched_folders(path: &Path, folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut searched = vec![path.parent().unwrap_or(Path::new("")).to_owned(), PathBuf::new()];
    searched.extend_from_slice(folders);
    searched.dedup();
    searched
}

/// Finds the dictionary that a config names.
fn dictionary(
    format: DictionaryFormat,
    file: &str,
    folders: &[PathBuf],
) -> Result<Arc<Dictionary>, ConfigError> {
    let paths = folders.iter().map(|folder| folder.join(file));
    match paths.into_iter().find(|path| path.is_file()) {
        Some(path) => named_table(format, &path).map(Arc::new),
        None => builtin_table(file).unwrap_or_else(|| Err(not_found(file, folders))),
    }
}

/// Reads the file of a dictionary, in the format that the config says.
fn named_table(format: DictionaryFormat, path: &Path) -> Result<Dictionary, ConfigError> {
    let name = path.display().to_string();
    match format {
        DictionaryFormat::Text => Ok(text::parse(&name, &read(path)?)?),
        DictionaryFormat::Ocd2 => Ok(ocd2::parse(&name, &read(path)?)?),
        DictionaryFormat::Ocd => Err(outdated(path)),
    }
}

/// The built-in table that a dictionary file is named after.
fn builtin_table(file: &str) -> Option<Result<Arc<Dictionary>, ConfigError>> {
    let stem = Path::new(file).file_stem()?.to_str()?;
    let (name, bytes) = builtin_text_table(stem)?;
    Some(text::parse(name, bytes).map(Arc::new).map_err(ConfigError::from))
}

fn outdated(path: &Path) -> ConfigError {
    ConfigError::from(DictionaryError::Damaged {
        file: path.display().to_string(),
        problem: "it is in the older .ocd format; make a .txt or .ocd2 of it with opencc_dict"
            .to_owned(),
    })
}

fn not_found(file: &str, folders: &[PathBuf]) -> ConfigError {
    let name = |folder: &PathBuf| match folder.display().to_string() {
        empty if empty.is_empty() => "the working directory".to_owned(),
        name => name,
    };
    let mut searched: Vec<String> = folders.iter().map(name).collect();
    searched.push("the built-in tables".to_owned());
    ConfigError::DictionaryNotFound { file: file.to_owned(), searched }
}

fn read(path: &Path) -> Result<Vec<u8>, ConfigError> {
    fs::read(path).map_err(|source| ConfigError::Io { path: path.to_owned(), source })
}
