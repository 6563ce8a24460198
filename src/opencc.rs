//! Conversion through OpenCC itself, with jianfan's copies of its configs and tables: the oracle
//! of the conformance tests, and `--engine opencc`. Needs the feature `opencc`.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use opencc_rust::{OpenCC, OpenCCError};
use serde_json::Value;
use thiserror::Error;

use crate::conversion::{TofuRisk, builtin_files, route::route};
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
    Files(#[from] std::io::Error),
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
        Self::passes(&[name], tofu_risk)
    }

    /// The converter from one locale to another, through the same configs as
    /// [`Converter::between`](crate::Converter::between).
    ///
    /// # Errors
    ///
    /// [`OpenCcError`] if OpenCC can't open the configs.
    pub fn between(from: Locale, to: Locale, tofu_risk: TofuRisk) -> Result<Self, OpenCcError> {
        Self::passes(route(from, to), tofu_risk)
    }

    /// The converter of a custom config file. OpenCC finds the dictionaries that it names beside
    /// it and in the working directory.
    ///
    /// # Errors
    ///
    /// [`OpenCcError`] if OpenCC can't open the config.
    pub fn config_file(path: &Path) -> Result<Self, OpenCcError> {
        Ok(Self { passes: [OpenCC::new(path)?].into() })
    }

    fn passes(names: &[&str], tofu_risk: TofuRisk) -> Result<Self, OpenCcError> {
        let folder = tempfile::tempdir()?;
        write_files(folder.path(), tofu_risk)?;
        let open = |name: &&str| {
            let name = name.strip_suffix(".json").unwrap_or(name);
            OpenCC::new(folder.path().join(format!("{name}.json")))
        };
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

fn write_files(folder: &Path, tofu_risk: TofuRisk) -> std::io::Result<()> {
    for (name, bytes) in builtin_files() {
        let path = folder.join(name);
        if name.ends_with(".json") && tofu_risk == TofuRisk::Exclude {
            fs::write(path, without_tofu_risk(bytes)?)?;
        } else {
            fs::write(path, bytes)?;
        }
    }
    Ok(())
}

/// The config without the dictionaries marked as a tofu risk. OpenCC's command leaves them out
/// unless asked for them, but its library uses them and has no switch.
fn without_tofu_risk(config: &[u8]) -> serde_json::Result<Vec<u8>> {
    let mut config: Value = serde_json::from_slice(config)?;
    for chain in ["normalization", "conversion_chain"] {
        config.get_mut(chain).map(drop_tofu_risk);
    }
    serde_json::to_vec(&config)
}

fn drop_tofu_risk(value: &mut Value) {
    match value {
        Value::Array(values) => {
            values.retain(|value| value.get("may_output_tofu") != Some(&Value::Bool(true)));
            values.iter_mut().for_each(drop_tofu_risk);
        }
        Value::Object(object) => object.values_mut().for_each(drop_tofu_risk),
        _ => {}
    }
}
