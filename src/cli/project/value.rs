//! The values of a project file, each checked as the command line would.

use std::error::Error as _;
use std::ffi::OsString;
use std::num::NonZero;
use std::path::Path;

use anyhow::Result;
use clap::builder::PossibleValue;
use clap::error::ErrorKind;
use clap::{Arg, ValueHint};
use toml::de::{DeArray, DeValue};

use super::keys::{Key, Shape, remedy, unknown};
use super::layer::Setting;
use super::read::{Name, Reader, Value};
use crate::Converter;
use crate::cli::message;
use crate::cli::values::BUILTIN;

impl Reader<'_> {
    /// What a key says, in the table of some files or outside.
    ///
    /// # Errors
    ///
    /// If it can't stand there, or the option has no such value.
    pub fn setting(
        &self,
        name: &Name<'_>,
        value: &Value<'_>,
        in_override: bool,
    ) -> Result<Setting> {
        let (start, name) = (name.span().start, name.get_ref());
        let found = Key::find(name).and_then(|key| Some((key, key.arg(key.home(&self.command))?)));
        let Some((key, arg)) = found else {
            return Err(self.problem(start, unknown(name, in_override)));
        };
        if in_override && !key.per_file {
            let problem = format!("{name}: is the same for all files; put it above [[override]]");
            return Err(self.problem(start, problem));
        }
        let wrong = || self.wrong_shape(name, Shape::of(arg), value);
        let words = match (Shape::of(arg), value.get_ref()) {
            (Shape::Flag, DeValue::Boolean(true)) => vec![format!("--{}", key.option).into()],
            (Shape::Flag, DeValue::Boolean(false)) => Vec::new(),
            (Shape::Number, DeValue::Integer(number)) => {
                let number = usize::from_str_radix(number.as_str(), number.radix());
                let number = number.ok().and_then(NonZero::new).ok_or_else(wrong)?;
                vec![self.word(key, arg, &number.to_string(), value)?]
            }
            (Shape::Text, DeValue::String(text)) => vec![self.word(key, arg, text, value)?],
            (Shape::List, DeValue::Array(list)) => self.words(key, arg, list)?,
            _ => return Err(wrong()),
        };
        Ok(Setting { key, words })
    }

    fn words(&self, key: &Key, arg: &Arg, list: &DeArray<'_>) -> Result<Vec<OsString>> {
        let word = |value: &Value<'_>| self.word(key, arg, self.text_in(key.name, value)?, value);
        list.iter().map(word).collect()
    }

    /// The option with the value `text`, once it is certain that there is such a value.
    fn word(&self, key: &Key, arg: &Arg, text: &str, value: &Value<'_>) -> Result<OsString> {
        let problem =
            |problem| self.problem(value.span().start, format!("{}: {problem}", key.name));
        let meant = match key.name {
            "config" => self.config(text).map_err(problem)?,
            "tables" if text.starts_with(BUILTIN) => text.into(),
            _ if names_path(arg) => self.existing(text).map_err(problem)?,
            _ => text.into(),
        };
        let mut word = OsString::from(format!("--{}=", key.option));
        word.push(meant);
        let line = key.words_before().map(OsString::from).chain([word.clone()]);
        let parsed = self.command.clone().try_get_matches_from(line);
        match parsed {
            Ok(_) => Ok(word),
            Err(error) => Err(problem(refused(&error, key, arg, text))),
        }
    }

    /// A file or folder that is to be there.
    fn existing(&self, text: &str) -> Result<OsString, String> {
        let path = self.folder.join(text);
        match path.exists() && !text.is_empty() {
            true => Ok(path.into()),
            false => Err(format!(
                "there is no \u{201c}{}\u{201d}; paths count from the folder of this file",
                path.display()
            )),
        }
    }

    /// The config that `name` means: a built-in one, with .json or without; else a file of this
    /// folder, or of one of those that `path` names.
    fn config(&self, name: &str) -> Result<OsString, String> {
        let bare = name.strip_suffix(".json").unwrap_or(name);
        if let Some(builtin) = Converter::configs().map(|(name, _)| name).find(|it| *it == bare) {
            let is_shadowed = bare != name && self.folder.join(name).is_file();
            return Ok(if is_shadowed { self.folder.join(name).into() } else { builtin.into() });
        }
        if Path::new(name).components().count() > 1 || self.folder.join(name).is_file() {
            return self.existing(name);
        }
        let is_found = self.searched.iter().any(|folder| folder.join(name).is_file());
        match Converter::builder().config(name) {
            Err(error) if !is_found => Err(error.to_string()),
            _ => Ok(name.into()),
        }
    }
}

/// Whether the values of an option are paths.
pub fn names_path(arg: &Arg) -> bool {
    arg.get_value_hint() != ValueHint::Unknown
}

/// Why the command line would refuse the value.
fn refused(error: &clap::Error, key: &Key, arg: &Arg, value: &str) -> String {
    let names = arg.get_possible_values();
    if error.kind() == ErrorKind::InvalidValue && !names.is_empty() {
        let names: Vec<&str> = names.iter().map(PossibleValue::get_name).collect();
        return format!("unknown value \u{201c}{value}\u{201d}; {}", remedy(value, &names));
    }
    if let Some(cause) = error.source() {
        return cause.to_string();
    }
    let text = message::usage_text(error);
    text.strip_prefix(&format!("--{}: ", key.option)).unwrap_or(&text).to_owned()
}
