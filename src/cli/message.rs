//! Lines on standard error: `jianfan: <path>: <what, where, remedy>`.

use std::fmt::Display;
use std::io::{self, Write};

use anyhow::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::encoding::{DecodeError, EncodeError};

/// Reports an error.
pub fn error(error: &Error) {
    line(&text(error.chain()));
}

/// What is wrong, without the path that an error begins with.
pub fn problem(error: &Error) -> String {
    text(error.chain().skip(1))
}

/// Says something that is no error.
pub fn note(text: impl Display) {
    line(&text.to_string());
}

/// Reports what is wrong with the arguments.
pub fn usage(error: &clap::Error) {
    if let Some(option) = of_opencc(error) {
        line(&format!(
            "{option}: jianfan does not take this option of OpenCC; \
             `jianfan explain` shows which entry made each change"
        ));
        return;
    }
    line(&usage_text(error));
}

/// What is wrong with the arguments, on one line.
pub fn usage_text(error: &clap::Error) -> String {
    let rendered = error.render().to_string();
    let lines = rendered.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:"));
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("For more information"));
    let text = lines.collect::<Vec<_>>().join("; ").replace("; [", " [").replace(":; ", ": ");
    text.strip_prefix("error: ").unwrap_or(&text).to_owned()
}

/// The option of OpenCC's command that the error is about, if jianfan lacks it.
fn of_opencc(error: &clap::Error) -> Option<&str> {
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(option)) if error.kind() == ErrorKind::UnknownArgument => {
            ONLY_OPENCC.contains(&option.as_str()).then_some(option)
        }
        _ => None,
    }
}

/// Options by which OpenCC's command tells what it does.
const ONLY_OPENCC: [&str; 4] =
    ["--inspect", "--segmentation", "--ambiguities", "--measured_result"];

/// An error and its causes; those that the text before them says already are left out.
fn text<'a>(causes: impl Iterator<Item = &'a (dyn std::error::Error + 'static)>) -> String {
    let mut text = String::new();
    for cause in causes.map(said) {
        if text.ends_with(&cause) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&cause);
    }
    without_number(&text).replace('\n', " ")
}

/// What an error says, with the options that would help.
fn said(error: &(dyn std::error::Error + 'static)) -> String {
    if let Some(error) = error.downcast_ref::<DecodeError>() {
        let problem = match error {
            DecodeError::Malformed { encoding, .. } => format!("malformed {encoding}"),
            DecodeError::Truncated { encoding, .. } => {
                format!("ends inside a character of {encoding}")
            }
        };
        let offset = error.offset();
        return format!(
            "{problem} at byte {offset}; name another --encoding, or use --malformed replace"
        );
    }
    if let Some(error) = error.downcast_ref::<EncodeError>() {
        let EncodeError::Unmappable { encoding, missing } = error;
        return format!(
            "{encoding} lacks {} of the result: {missing}; \
             name another --output-encoding, or use --unmappable entity or geta",
            missing.count()
        );
    }
    error.to_string()
}

/// The text without the system's number of an error, which says nothing to people.
fn without_number(text: &str) -> String {
    match text.split_once(" (os error ") {
        Some((before, after)) => {
            let behind = after.split_once(')').map_or("", |(_, behind)| behind);
            format!("{before}{behind}")
        }
        None => text.to_owned(),
    }
}

/// The text with its control characters, TABs and line ends above all, escaped.
pub fn on_one_line(text: &str) -> String {
    let escape = |character: char| match character.is_control() {
        true => character.escape_default().to_string(),
        false => character.to_string(),
    };
    text.chars().map(escape).collect()
}

/// As in "1 place" and "2 places".
pub fn counted(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Standard error may be closed; there is nobody to tell then.
fn line(text: &str) {
    let _ = writeln!(io::stderr(), "jianfan: {text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_said_once_and_without_numbers() {
        let inner = io::Error::from_raw_os_error(2);
        let said = inner.to_string();
        let error = Error::new(inner).context(format!("can't read it: {said}")).context("a.txt");
        assert_eq!(text(error.chain()), "a.txt: can't read it: No such file or directory");
    }
}
