//! The keys of a project file. Each stands for an option of the command line, from which it has its
//! type, its values and its description.

use clap::{Arg, ArgAction, Command};

use crate::suggest::nearest;

/// A key.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    pub name: &'static str,
    /// The long name of the option.
    pub option: &'static str,
    /// Whether it may differ from file to file.
    pub per_file: bool,
    /// The command that alone has the option.
    of: Option<&'static str>,
}

/// What the value of a key looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Flag,
    Number,
    Text,
    List,
}

/// The key of the tables for some files.
pub const OVERRIDE: &str = "override";

/// The key of their globs.
pub const FILES: &str = "files";

/// All that have an option.
pub const KEYS: [Key; 27] = [
    per_file("to"),
    per_file("from"),
    per_file("config"),
    per_file("script-only"),
    per_file("vocabulary"),
    per_file("model"),
    Key { option: "table", ..per_file("tables") },
    per_file("include-tofu-risk-dictionaries"),
    per_file("path"),
    per_file("encoding"),
    per_file("malformed"),
    per_file("repair"),
    per_file("output-encoding"),
    per_file("unmappable"),
    per_file("keep-declaration"),
    per_run("include"),
    per_run("exclude"),
    per_run("no-ignore"),
    per_run("hidden"),
    per_run("names"),
    per_run("backup"),
    per_run("jobs"),
    per_run("summary"),
    per_run("color"),
    of("check", per_file("allow")),
    of("check", per_file("least")),
    of("check", per_run("baseline")),
];

const fn per_file(name: &'static str) -> Key {
    Key { name, option: name, per_file: true, of: None }
}

const fn per_run(name: &'static str) -> Key {
    Key { name, option: name, per_file: false, of: None }
}

const fn of(command: &'static str, key: Key) -> Key {
    Key { of: Some(command), ..key }
}

impl Key {
    /// The key of that name.
    pub fn find(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }

    /// The option of `command`, if it has it.
    pub fn arg<'a>(&self, command: &'a Command) -> Option<&'a Arg> {
        command.get_arguments().find(|arg| arg.get_long() == Some(self.option))
    }

    /// The command that has the option: `main` or one of its own.
    pub fn home<'a>(&self, main: &'a Command) -> &'a Command {
        self.of.and_then(|name| main.find_subcommand(name)).unwrap_or(main)
    }

    /// The words before the option on a command line.
    pub fn words_before(&self) -> impl Iterator<Item = &'static str> {
        ["jianfan"].into_iter().chain(self.of)
    }

    /// Whether the two can't be together, as `command` has it.
    pub fn conflicts(&self, other: &Self, command: &Command) -> bool {
        let pair = self.arg(command).zip(other.arg(command));
        pair.is_some_and(|(arg, other)| args_conflict(arg, other, command))
    }
}

/// Whether one of the two options of `command` excludes the other.
pub fn args_conflict(one: &Arg, other: &Arg, command: &Command) -> bool {
    command.get_arg_conflicts_with(one).contains(&other)
        || command.get_arg_conflicts_with(other).contains(&one)
}

impl Shape {
    /// That of an option's value.
    pub fn of(arg: &Arg) -> Self {
        match arg.get_action() {
            ArgAction::SetTrue => Self::Flag,
            ArgAction::Append => Self::List,
            _ if arg.get_id() == "jobs" => Self::Number,
            _ => Self::Text,
        }
    }

    /// What messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Flag => "true or false",
            Self::Number => "a whole number from 1 on",
            Self::Text => "a string",
            Self::List => "a list of strings, such as [\"a\", \"b\"]",
        }
    }
}

/// What is wrong with a key that there is not, in the table of some files or outside.
pub fn unknown(name: &str, in_override: bool) -> String {
    let keys = KEYS.iter().filter(|key| key.per_file || !in_override).map(|key| key.name);
    let keys: Vec<&str> = keys.chain([if in_override { FILES } else { OVERRIDE }]).collect();
    format!("unknown key \u{201c}{name}\u{201d}; {}", remedy(name, &keys))
}

/// Which of the `known` names to write for this one.
pub fn remedy(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        near if near.is_empty() => format!("there are {}", known.join(", ")),
        near => format!("did you mean {}?", near.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args;

    #[test]
    fn each_has_an_option() {
        let command = args::command();
        for key in &KEYS {
            assert!(key.arg(key.home(&command)).is_some(), "{}", key.name);
        }
    }

    #[test]
    fn a_config_goes_with_no_locale() {
        let command = args::command();
        let conflicts = |one, other| {
            let (one, other) = (Key::find(one).unwrap(), Key::find(other).unwrap());
            one.conflicts(other, &command) && other.conflicts(one, &command)
        };
        assert!(conflicts("config", "to") && conflicts("script-only", "config"));
        assert!(!conflicts("from", "to") && !conflicts("config", "tables"));
    }

    #[test]
    fn near_names_are_those_that_may_stand_there() {
        assert_eq!(unknown("job", false), "unknown key “job”; did you mean jobs?");
        assert!(unknown("job", true).contains("; there are to, from, config, "));
        assert_eq!(unknown("file", true), "unknown key “file”; did you mean files?");
    }
}
