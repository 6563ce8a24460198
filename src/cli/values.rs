//! Values of arguments that the library knows the names of: how to read them, which there are.

use std::ffi::OsStr;
use std::fmt::{Display, Write};
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command};

use crate::encoding::Encoding;
use crate::house::{self, HouseTable};
use crate::{Converter, Locale};

/// The locale of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputLocale {
    /// Read off the text.
    Auto,
    /// Named.
    Named(Locale),
}

/// The encoding of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputEncoding {
    /// Detected.
    Auto,
    /// Named.
    Named(Encoding),
}

/// The encoding of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputEncoding {
    /// The input's.
    Keep,
    /// Named.
    Named(Encoding),
}

/// What the name of a built-in table begins with.
pub const BUILTIN: &str = "builtin:";

/// Where a table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableSource {
    /// A file of the user's.
    File(PathBuf),
    /// The built-in table of a house style.
    House(HouseTable),
}

/// Reads a value by `parse`; shells complete it from `names`.
#[derive(Clone)]
pub struct Named<T> {
    parse: fn(&str) -> Result<T, String>,
    names: fn() -> Vec<&'static str>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Named<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        let refuse = |problem: String| refuse(command, argument, &problem);
        let value = value.to_str().ok_or_else(|| refuse("the value is not UTF-8".to_owned()))?;
        (self.parse)(value).map_err(refuse)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.names)().into_iter().map(PossibleValue::new)))
    }
}

/// Reads the place of a table.
#[derive(Clone)]
pub struct TablePlace;

impl TypedValueParser for TablePlace {
    type Value = TableSource;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<TableSource, clap::Error> {
        match value.to_str().and_then(|value| value.strip_prefix(BUILTIN)) {
            Some(name) => find_house_table(name)
                .map(TableSource::House)
                .map_err(|problem| refuse(command, argument, &problem)),
            None => Ok(TableSource::File(PathBuf::from(value))),
        }
    }
}

/// The error about the value of an argument.
fn refuse(command: &Command, argument: Option<&Arg>, problem: &str) -> clap::Error {
    let name = argument.map(|argument| match argument.get_long() {
        Some(option) => format!("--{option}"),
        None => argument.get_id().as_str().to_uppercase(),
    });
    let message = format!("{}: {problem}\n", name.unwrap_or_default());
    clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(command)
}

/// Reads a locale.
pub fn locale() -> Named<Locale> {
    Named { parse, names: || Locale::all().map(Locale::tag).collect() }
}

/// Reads a locale, or `auto`.
pub fn input_locale() -> Named<InputLocale> {
    Named {
        parse: |value| match value {
            "auto" => Ok(InputLocale::Auto),
            name => parse(name).map(InputLocale::Named),
        },
        names: || ["auto"].into_iter().chain(Locale::all().map(Locale::tag)).collect(),
    }
}

/// Takes the name of a config or of a file as it is.
pub fn config() -> Named<String> {
    Named {
        parse: |value| Ok(value.to_owned()),
        names: || Converter::configs().map(|(name, _)| name).collect(),
    }
}

/// Takes the path of a table, or `builtin:` and the name of one.
pub fn table() -> TablePlace {
    TablePlace
}

/// Reads the name of a house style's table.
pub fn house_table() -> Named<HouseTable> {
    Named { parse: find_house_table, names: || house::tables().map(HouseTable::name).collect() }
}

fn find_house_table(name: &str) -> Result<HouseTable, String> {
    house::table(name).ok_or_else(|| {
        let meant = match house::near(name) {
            near if near.is_empty() => String::new(),
            near => format!("did you mean {}? ", near.join(", ")),
        };
        format!("unknown table \u{201c}{name}\u{201d}; {meant}`jianfan tables list` lists them all")
    })
}

/// Reads an encoding, or `auto`.
pub fn input_encoding() -> Named<InputEncoding> {
    Named {
        parse: |value| match value {
            "auto" => Ok(InputEncoding::Auto),
            label => parse(label).map(InputEncoding::Named),
        },
        names: || ["auto"].into_iter().chain(encodings()).collect(),
    }
}

/// Reads an encoding, or `keep`.
pub fn output_encoding() -> Named<OutputEncoding> {
    Named {
        parse: |value| match value {
            "keep" => Ok(OutputEncoding::Keep),
            label => parse(label).map(OutputEncoding::Named),
        },
        names: || ["keep"].into_iter().chain(encodings()).collect(),
    }
}

fn encodings() -> impl Iterator<Item = &'static str> {
    Encoding::all().iter().map(|encoding| encoding.name())
}

fn parse<T: FromStr<Err: Display>>(value: &str) -> Result<T, String> {
    value.parse().map_err(|error: T::Err| error.to_string())
}

const EXAMPLES: &str = "\
Examples:
  jianfan -c s2twp <简体.txt >繁體.txt         as OpenCC's config s2twp.json does
  jianfan -t zh-TW article.txt                 to Taiwan's script and words, from whichever it is
  jianfan -f tw -t cn 臺灣版.txt -o 大陆版.txt  from Taiwan's script and words to the mainland's
  jianfan -t tw --table builtin:tw-tai notes   the same in a house style that writes 台 for 臺
  jianfan -t zh-HK -w --encoding gbk --output-encoding utf-8 *.srt
                                               in place, and from GBK to UTF-8
  jianfan -t zh-CN --check docs                which files hold anything to convert?
  jianfan explain -c s2t 头发.txt              which entry made 頭髮 of it?
";

/// What `--help` says after the options: the locales, the configs, the encodings and some examples.
pub fn lists() -> String {
    let mut text = String::from("Locales:\n");
    for locale in Locale::all() {
        let (tag, aliases) = (locale.tag(), &locale.names()[1..]);
        let _ = writeln!(text, "  {tag:<8} also {}", aliases.join(", "));
    }
    text.push_str("\nConfigs:\n");
    for (name, title) in Converter::configs() {
        let _ = writeln!(text, "  {name:<6} {title}");
    }
    text.push_str("\nEncodings (the names of iconv, Python and Windows do as well):\n");
    text.push_str(&in_lines(encodings()));
    text.push('\n');
    text.push_str(EXAMPLES);
    text.push_str("\nExit status: 0 done, 1 --check found something, 2 an error.");
    text
}

/// Names with commas between them, in lines that fit a terminal.
fn in_lines<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut lines = vec![String::new()];
    for name in names {
        match lines.last_mut() {
            Some(line) if line.len() + name.len() < 76 => *line += &format!(" {name},"),
            _ => lines.push(format!(" {name},")),
        }
    }
    let text = lines.iter().map(|line| format!(" {line}\n")).collect::<String>();
    text.trim_end_matches(",\n").to_owned() + "\n"
}

/// What goes behind the name of a file.
pub fn suffix(text: &str) -> Result<String, String> {
    match text.is_empty() || text.contains(std::path::is_separator) {
        true => {
            Err("a backup stays in the folder of its file; write an ending such as .bak".into())
        }
        false => Ok(text.to_owned()),
    }
}
