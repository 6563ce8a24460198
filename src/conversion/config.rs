//! OpenCC's JSON configs: comments and trailing commas allowed, dictionaries by file or inline.

use std::sync::Arc;

use jsonc_parser::ast::{Array, Object, ObjectPropName, StringLit, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::error::ConfigError;
use crate::dictionary::{Dictionary, DictionaryGroup, Entry, MatchPolicy};

/// A config as it was written: which dictionaries, in which order, for which step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The title that the file gives itself; empty if it gives none.
    pub title: String,
    /// Stages over the whole text, before everything else.
    pub normalization: Vec<DictionaryGroup>,
    /// What cuts the text into segments; without it the text is one segment.
    pub segmentation: Option<DictionaryGroup>,
    /// The stages that each segment passes through on its own.
    pub conversion_chain: Vec<DictionaryGroup>,
}

/// The format in which a config says that a dictionary file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DictionaryFormat {
    /// A text table (`"type": "text"`).
    Text,
    /// A compiled marisa trie (`"type": "ocd2"`).
    Ocd2,
    /// The older compiled form (`"type": "ocd"`), which only names a built-in table here.
    Ocd,
}

/// Finds the dictionary that a config names.
pub type Loader<'a> =
    dyn FnMut(DictionaryFormat, &str) -> Result<Arc<Dictionary>, ConfigError> + 'a;

/// Whether dictionaries marked `may_output_tofu` take part: their output is correct, but in
/// characters that many fonts lack and show as an empty box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TofuRisk {
    /// Leave them out of the conversion. They still take part in segmentation.
    #[default]
    Exclude,
    /// Use them.
    Include,
}

impl Config {
    /// Reads a config; `name` is what errors call it, `load` finds the files it names.
    ///
    /// ```
    /// use jianfan::conversion::{Config, TofuRisk};
    ///
    /// let json = r#"{
    ///     // our own words only
    ///     "conversion_chain": [{ "dict": { "type": "inline", "entries": { "软件": "軟體" } } }],
    /// }"#;
    /// let config = Config::parse("mine.json", json, TofuRisk::Exclude, &mut |_, _| unreachable!());
    /// assert_eq!(config.unwrap().conversion_chain.len(), 1);
    /// ```
    ///
    /// # Errors
    ///
    /// [`ConfigError::Json`] with line and column for malformed JSON, a missing or mistyped
    /// property, an unknown type or policy; whatever `load` returns.
    pub fn parse(
        name: &str,
        json: &str,
        tofu_risk: TofuRisk,
        load: &mut Loader<'_>,
    ) -> Result<Self, ConfigError> {
        let reader = Reader { name, json, load };
        reader.read(tofu_risk)
    }
}

struct Reader<'a, 'b> {
    name: &'a str,
    json: &'a str,
    load: &'a mut Loader<'b>,
}

/// The JSON that OpenCC's own parser accepts.
const DIALECT: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

impl Reader<'_, '_> {
    fn read(mut self, tofu_risk: TofuRisk) -> Result<Config, ConfigError> {
        let json = self.json;
        let ast = parse_to_ast(json, &CollectOptions::default(), &DIALECT)
            .map_err(|error| self.error_at(error.range().start, error.kind().to_string()))?;
        let Some(Value::Object(root)) = &ast.value else {
            return Err(self.error_at(0, "the config must be an object { … }".to_owned()));
        };
        Ok(Config {
            title: root.get_string("name").map(|title| title.value.to_string()).unwrap_or_default(),
            normalization: match root.get("normalization") {
                Some(_) => self.stages(self.array(root, "normalization")?, tofu_risk)?,
                None => Vec::new(),
            },
            segmentation: match root.get("segmentation") {
                Some(_) => self.segmentation(self.object(root, "segmentation")?)?,
                None => None,
            },
            conversion_chain: self.stages(self.array(root, "conversion_chain")?, tofu_risk)?,
        })
    }

    fn stages(
        &mut self,
        stages: &Array<'_>,
        tofu_risk: TofuRisk,
    ) -> Result<Vec<DictionaryGroup>, ConfigError> {
        let mut groups = Vec::new();
        for stage in &stages.elements {
            let stage = self.as_object(stage)?;
            groups.extend(self.group(self.object(stage, "dict")?, tofu_risk)?);
        }
        Ok(groups)
    }

    fn segmentation(
        &mut self,
        segmentation: &Object<'_>,
    ) -> Result<Option<DictionaryGroup>, ConfigError> {
        let kind = self.string(segmentation, "type")?;
        if kind.value != "mmseg" {
            let problem =
                format!("unknown segmentation type \"{}\"; expected \"mmseg\"", kind.value);
            return Err(self.error_at(kind.start(), problem));
        }
        // Segmentation must cut the text in the same way whether tofu is risked or not.
        self.group(self.object(segmentation, "dict")?, TofuRisk::Include)
    }

    /// The group that `dict` describes, or `None` if nothing is left of it without tofu.
    fn group(
        &mut self,
        dict: &Object<'_>,
        tofu_risk: TofuRisk,
    ) -> Result<Option<DictionaryGroup>, ConfigError> {
        let kind = self.string(dict, "type")?;
        if kind.value == "inline" {
            return self.inline(dict).map(Some);
        }
        if self.boolean(dict, "may_output_tofu")? && tofu_risk == TofuRisk::Exclude {
            return Ok(None);
        }
        let format = match &*kind.value {
            "group" => return self.children(dict, tofu_risk),
            "text" => DictionaryFormat::Text,
            "ocd2" => DictionaryFormat::Ocd2,
            "ocd" => DictionaryFormat::Ocd,
            other => {
                let problem = format!(
                    "unknown dictionary type \"{other}\"; expected text, ocd2, inline or group"
                );
                return Err(self.error_at(kind.start(), problem));
            }
        };
        let file = self.string(dict, "file")?;
        let dictionary = (self.load)(format, &file.value).map_err(|error| match error {
            missing @ ConfigError::DictionaryNotFound { .. } => {
                self.error_at(file.start(), missing.to_string())
            }
            other => other,
        })?;
        Ok(Some(DictionaryGroup::Dictionary(dictionary)))
    }

    fn children(
        &mut self,
        dict: &Object<'_>,
        tofu_risk: TofuRisk,
    ) -> Result<Option<DictionaryGroup>, ConfigError> {
        let policy = self.policy(dict)?;
        let mut children = Vec::new();
        for child in &self.array(dict, "dicts")?.elements {
            let child = self.as_object(child)?;
            children.extend(self.group(child, tofu_risk)?);
        }
        Ok((!children.is_empty()).then(|| DictionaryGroup::new(policy, children)))
    }

    fn policy(&self, dict: &Object<'_>) -> Result<MatchPolicy, ConfigError> {
        if dict.get("match_policy").is_none() {
            return Ok(MatchPolicy::default());
        }
        let policy = self.string(dict, "match_policy")?;
        match &*policy.value {
            "short_circuit" => Ok(MatchPolicy::ShortCircuit),
            "union" => Ok(MatchPolicy::Union),
            other => {
                let problem =
                    format!("unknown match_policy \"{other}\"; expected short_circuit or union");
                Err(self.error_at(policy.start(), problem))
            }
        }
    }

    fn inline(&self, dict: &Object<'_>) -> Result<DictionaryGroup, ConfigError> {
        if let Some(property) = dict.get("may_output_tofu") {
            let problem = "an inline dictionary can't have may_output_tofu".to_owned();
            return Err(self.error_at(property.start(), problem));
        }
        let mut entries = Vec::new();
        for property in &self.object(dict, "entries")?.properties {
            let value = self.as_string(&property.value)?;
            if value.value.is_empty() {
                let problem = "the value of an inline entry must not be empty".to_owned();
                return Err(self.error_at(value.start(), problem));
            }
            entries.push(Entry::new(property_name(&property.name), &*value.value));
        }
        let inline = Dictionary::new("inline", entries)
            .map_err(|invalid| self.error_at(dict.start(), invalid.to_string()))?;
        Ok(inline.into())
    }

    fn value<'v>(&self, object: &'v Object<'v>, name: &str) -> Result<&'v Value<'v>, ConfigError> {
        let found = object.get(name).map(|property| &property.value);
        found.ok_or_else(|| self.error_at(object.start(), format!("\"{name}\" is missing here")))
    }

    fn object<'v>(
        &self,
        parent: &'v Object<'v>,
        name: &str,
    ) -> Result<&'v Object<'v>, ConfigError> {
        self.as_object(self.value(parent, name)?)
    }

    fn array<'v>(&self, parent: &'v Object<'v>, name: &str) -> Result<&'v Array<'v>, ConfigError> {
        let value = self.value(parent, name)?;
        value.as_array().ok_or_else(|| self.mistyped(value, "a list [ … ]"))
    }

    fn string<'v>(
        &self,
        parent: &'v Object<'v>,
        name: &str,
    ) -> Result<&'v StringLit<'v>, ConfigError> {
        self.as_string(self.value(parent, name)?)
    }

    /// The property, or `false` if it is missing.
    fn boolean(&self, parent: &Object<'_>, name: &str) -> Result<bool, ConfigError> {
        let Some(property) = parent.get(name) else {
            return Ok(false);
        };
        let literal = property.value.as_boolean_lit();
        literal
            .map(|literal| literal.value)
            .ok_or_else(|| self.mistyped(&property.value, "true or false"))
    }

    fn as_object<'v>(&self, value: &'v Value<'v>) -> Result<&'v Object<'v>, ConfigError> {
        value.as_object().ok_or_else(|| self.mistyped(value, "an object { … }"))
    }

    fn as_string<'v>(&self, value: &'v Value<'v>) -> Result<&'v StringLit<'v>, ConfigError> {
        value.as_string_lit().ok_or_else(|| self.mistyped(value, "a string"))
    }

    fn mistyped(&self, value: &Value<'_>, expected: &str) -> ConfigError {
        self.error_at(value.start(), format!("expected {expected} here"))
    }

    fn error_at(&self, offset: usize, problem: String) -> ConfigError {
        let before = &self.json[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        ConfigError::Json {
            file: self.name.to_owned(),
            line: 1 + before.matches('\n').count(),
            column: 1 + before[line_start..].chars().count(),
            problem,
        }
    }
}

fn property_name(name: &ObjectPropName<'_>) -> String {
    name.as_str().to_owned()
}
