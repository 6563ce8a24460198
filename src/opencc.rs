//! Conversion through OpenCC itself, with jianfan's copies of its configs and tables: the oracle
//! of the conformance tests, and `--engine opencc`. Needs the feature `opencc`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use opencc_rust::{OpenCC, OpenCCError};
use tempfile::TempDir;
use thiserror::Error;

use crate::Converter;
use crate::conversion::{ConfigError, TofuRisk, builtin_files, builtin_text_table, route::route};
use crate::load;
use crate::locale::Locale;

/// Converts text by calling OpenCC. Cheap to clone.
///
/// OpenCC stops at a NUL character; here the text between NULs is converted piece by piece
/// instead. No key holds a NUL, so that OpenCC's rules would give the same, but for a NUL as an
/// operand of an ideographic description sequence.
///
/// ```
/// use jianfan::conversion::TofuRisk;
/// use jianfan::opencc::OpenCc;
///
/// let converter = OpenCc::config("s2t", TofuRisk::Exclude).unwrap();
/// assert_eq!(converter.convert("头发\0头发").unwrap(), "頭髮\0頭髮");
/// ```
#[derive(Clone)]
pub struct OpenCc {
    passes: Arc<[OpenCC]>,
}

/// Why OpenCC can't be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenCcError {
    /// The files that OpenCC reads its configs from can't be written.
    #[error("can't write OpenCC's files to a temporary folder: {0}")]
    Files(#[from] io::Error),
    /// There is no such config, or it is no JSON.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// OpenCC reports an error.
    #[error("OpenCC: {0}")]
    OpenCc(OpenCCError),
}

impl From<OpenCCError> for OpenCcError {
    fn from(error: OpenCCError) -> Self {
        Self::OpenCc(error)
    }
}

impl OpenCc {
    /// The converter of a built-in config, named with or without `.json`.
    ///
    /// # Errors
    ///
    /// [`OpenCcError`] if the config is unknown or OpenCC can't open it.
    pub fn config(name: &str, tofu_risk: TofuRisk) -> Result<Self, OpenCcError> {
        // Of an unknown name jianfan says what it may have meant.
        Converter::builder().config(name)?;
        Self::passes(&[name], tofu_risk)
    }

    /// The converter from one locale to another, through the configs that fit the pair, two of
    /// them where there is no direct one. [`Converter::between`](crate::Converter::between) goes
    /// through the same ones if one locale is Japanese.
    ///
    /// # Errors
    ///
    /// [`OpenCcError`] if OpenCC can't open the configs.
    pub fn between(from: Locale, to: Locale, tofu_risk: TofuRisk) -> Result<Self, OpenCcError> {
        Self::passes(route(from, to), tofu_risk)
    }

    /// The converter of a custom config file. The dictionaries that it names are looked for as
    /// [`load::config`](crate::load::config) does, and read by OpenCC.
    ///
    /// OpenCC's library always uses the dictionaries marked as a tofu risk and knows no folders
    /// to search. So it is given a copy of the config without the former and with whole paths.
    /// Beside the copy, a segmentation plug-in finds no resources but those of whole paths.
    ///
    /// # Errors
    ///
    /// [`OpenCcError`] if the config can't be read or OpenCC can't open it.
    pub fn config_file(
        path: &Path,
        tofu_risk: TofuRisk,
        folders: &[PathBuf],
    ) -> Result<Self, OpenCcError> {
        let json = load::config_text(path)?;
        let searched = load::searched_folders(path, folders);
        let tables = Tables::write()?;
        let pass = tables.open(&path.display().to_string(), &json, tofu_risk, &searched)?;
        Ok(Self { passes: [pass].into() })
    }

    fn passes(names: &[&str], tofu_risk: TofuRisk) -> Result<Self, OpenCcError> {
        let tables = Tables::write()?;
        let open = |name: &&str| tables.open_builtin(name, tofu_risk);
        // OpenCC has read everything when it returns; the folder can go.
        Ok(Self { passes: names.iter().map(open).collect::<Result<_, _>>()? })
    }

    /// Converts a whole text.
    ///
    /// # Errors
    ///
    /// [`OpenCcError::OpenCc`] if OpenCC fails.
    pub fn convert(&self, text: &str) -> Result<String, OpenCcError> {
        let mut text = text.to_owned();
        for pass in self.passes.iter() {
            let pieces = text.split('\0').map(|piece| pass.convert(piece));
            text = pieces.collect::<Result<Vec<_>, _>>()?.join("\0");
        }
        Ok(text)
    }
}

/// A temporary folder with the built-in configs and tables.
struct Tables(TempDir);

impl Tables {
    fn write() -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        for (name, bytes) in builtin_files() {
            fs::write(folder.path().join(name), bytes)?;
        }
        Ok(Self(folder))
    }

    fn open_builtin(&self, name: &str, tofu_risk: TofuRisk) -> Result<OpenCC, OpenCcError> {
        let name = format!("{}.json", name.strip_suffix(".json").unwrap_or(name));
        let json = fs::read_to_string(self.0.path().join(&name))?;
        self.open(&name, &json, tofu_risk, &[])
    }

    /// Has OpenCC open the config `json`, called `name` in errors.
    fn open(
        &self,
        name: &str,
        json: &str,
        tofu_risk: TofuRisk,
        searched: &[PathBuf],
    ) -> Result<OpenCC, OpenCcError> {
        let adapter = Adapter { json, tables: self.0.path(), searched };
        let path = self.0.path().join("config.json");
        fs::write(&path, adapter.adapt(name, tofu_risk)?)?;
        Ok(OpenCC::new(path)?)
    }
}

/// Makes the copy of a config that OpenCC's library is given. What need not be changed is
/// copied as it stands, right or wrong: OpenCC is to judge it.
struct Adapter<'a> {
    json: &'a str,
    tables: &'a Path,
    searched: &'a [PathBuf],
}

impl Adapter<'_> {
    fn adapt(&self, name: &str, tofu_risk: TofuRisk) -> Result<String, ConfigError> {
        let options = ParseOptions { allow_missing_commas: false, ..Default::default() };
        let parsed = parse_to_ast(self.json, &CollectOptions::default(), &options);
        let parsed = parsed.map_err(|error| ConfigError::Json {
            file: name.to_owned(),
            line: error.line_display(),
            column: error.column_display(),
            problem: error.kind().to_string(),
        })?;
        Ok(parsed.value.map(|root| self.value(&root, tofu_risk)).unwrap_or_default())
    }

    fn value(&self, value: &Value<'_>, tofu_risk: TofuRisk) -> String {
        match value {
            Value::Array(array) => {
                let kept = array.elements.iter().filter(|value| is_kept(value, tofu_risk));
                let kept: Vec<_> = kept.map(|value| self.value(value, tofu_risk)).collect();
                format!("[{}]", kept.join(","))
            }
            // Its entries could be named as if they were properties of a dictionary.
            Value::Object(object) if kind(object) == "inline" => self.as_it_stands(value),
            Value::Object(object) => self.object(object, tofu_risk),
            _ => self.as_it_stands(value),
        }
    }

    fn object(&self, object: &Object<'_>, tofu_risk: TofuRisk) -> String {
        let located = self.located(object);
        let property = |property: &ObjectProp<'_>| {
            let value = match (property.name.as_str(), &located) {
                ("file", Some((path, _))) => quoted(path),
                ("type", Some((_, kind))) => quoted(kind),
                // Segmentation must cut the text in the same way whether tofu is risked or not.
                ("segmentation", _) => self.value(&property.value, TofuRisk::Include),
                _ => self.value(&property.value, tofu_risk),
            };
            format!("{}:{value}", self.as_it_stands(&property.name))
        };
        format!("{{{}}}", object.properties.iter().map(property).collect::<Vec<_>>().join(","))
    }

    /// The whole path and the type of the dictionary file that `dict` names, if it names one that
    /// can be found.
    fn located(&self, dict: &Object<'_>) -> Option<(String, String)> {
        let kind = Some(kind(dict)).filter(|kind| matches!(*kind, "text" | "ocd" | "ocd2"))?;
        let file = &*dict.get_string("file")?.value;
        let mut paths = self.searched.iter().map(|folder| folder.join(file));
        let (path, kind) = match paths.find(|path| path.is_file()) {
            Some(path) => (std::path::absolute(path).ok()?, kind),
            None => {
                let (table, _) = builtin_text_table(Path::new(file).file_stem()?.to_str()?)?;
                (self.tables.join(table), "text")
            }
        };
        Some((path.to_str()?.to_owned(), kind.to_owned()))
    }

    fn as_it_stands(&self, node: &impl Ranged) -> String {
        self.json[node.start()..node.end()].to_owned()
    }
}

/// Whether OpenCC's command keeps this stage or dictionary. Unlike its library it leaves out what
/// is marked as a tofu risk, unless it is asked for that.
fn is_kept(value: &Value<'_>, tofu_risk: TofuRisk) -> bool {
    match value {
        Value::Object(object) if tofu_risk == TofuRisk::Exclude => !is_tofu(object),
        _ => true,
    }
}

/// Whether nothing but tofu risks is in this stage or dictionary.
fn is_tofu(object: &Object<'_>) -> bool {
    let is_marked = object.get_boolean("may_output_tofu").is_some_and(|marked| marked.value);
    let is_nested = |value: &Value<'_>| value.as_object().is_some_and(is_tofu);
    is_marked && kind(object) != "inline"
        || object.get_object("dict").is_some_and(is_tofu)
        || object.get_array("dicts").is_some_and(|dicts| dicts.elements.iter().all(is_nested))
}

fn kind<'a>(object: &'a Object<'_>) -> &'a str {
    object.get_string("type").map(|kind| &*kind.value).unwrap_or_default()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
