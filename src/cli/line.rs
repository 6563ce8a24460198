//! The command line, to which the settings of a project can be added.

use std::env;
use std::ffi::OsString;

use anyhow::{Result, anyhow};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};

use super::project::{Layer, Setting, args_conflict};
use super::{args, message};

/// A command line.
pub struct Line {
    /// The command that it gives, or the main one.
    pub command: Command,
    given: ArgMatches,
    /// The words up to the options.
    head: Vec<OsString>,
    /// The options and the paths.
    tail: Vec<OsString>,
}

impl Line {
    /// That of the process, which has been parsed as `matches`.
    pub fn new(matches: ArgMatches) -> Self {
        let mut head: Vec<OsString> = env::args_os().collect();
        // A command comes before all options.
        let options = if matches.subcommand_name().is_some() { 2 } else { 1 };
        let tail = head.split_off(head.len().min(options));
        let (command, given) = innermost(args::command(), matches);
        Self { command, given, head, tail }
    }

    /// What it asks for with those settings of `layer` that it leaves: options that it has not, nor
    /// any that they can't go with. Lists are longer by what it adds.
    pub fn with<T: FromArgMatches>(&self, layer: &Layer) -> Result<T> {
        let settings = layer.settings.iter().filter(|setting| self.leaves(setting));
        let added = settings.flat_map(|setting| &setting.words);
        let words = self.head.iter().chain(added).chain(&self.tail);
        let parse = || {
            let matches = args::command().try_get_matches_from(words)?;
            T::from_arg_matches(&innermost(args::command(), matches).1)
        };
        parse().map_err(|error| anyhow!(message::usage_text(&error)))
    }

    fn leaves(&self, setting: &Setting) -> bool {
        let Some(arg) = setting.key.arg(&self.command) else {
            return false;
        };
        let is_list = matches!(arg.get_action(), ArgAction::Append);
        (is_list || !self.is_given(arg)) && {
            let mut given = self.command.get_arguments().filter(|arg| self.is_given(arg));
            !given.any(|given| args_conflict(arg, given, &self.command))
        }
    }

    fn is_given(&self, arg: &Arg) -> bool {
        let id = arg.get_id().as_str();
        self.given.value_source(id) == Some(ValueSource::CommandLine)
    }
}

/// The command that `matches` are of, and its own matches.
fn innermost(command: Command, mut matches: ArgMatches) -> (Command, ArgMatches) {
    match matches.remove_subcommand() {
        None => (command, matches),
        Some((name, matches)) => {
            let found = command.find_subcommand(&name).cloned().unwrap_or(command);
            (found, matches)
        }
    }
}
