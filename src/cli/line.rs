//! The command line, to which the settings of a project can be added.

use std::env;
use std::ffi::OsString;
use std::sync::OnceLock;

use anyhow::{Result, anyhow};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};

use super::project::{Layer, Setting, args_conflict};
use super::{args, message};

/// A command line.
pub struct Line {
    given: ArgMatches,
    /// The command that it gives: made when it is asked for, since most lines have nothing added.
    command: OnceLock<Command>,
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
        Self { given: innermost(matches), command: OnceLock::new(), head, tail }
    }

    /// The command that it gives, or the main one.
    pub fn command(&self) -> &Command {
        self.command.get_or_init(|| {
            let command = args::command();
            let name = self.head.get(1).and_then(|name| name.to_str());
            let found = name.and_then(|name| command.find_subcommand(name)).cloned();
            found.unwrap_or(command)
        })
    }

    /// What it asks for with those settings of `layer` that it leaves: options that it has not, nor
    /// any that they can't go with. Lists are longer by what it adds.
    pub fn with<T: FromArgMatches>(&self, layer: &Layer) -> Result<T> {
        let settings = layer.settings.iter().filter(|setting| self.leaves(setting));
        let added = settings.flat_map(|setting| &setting.words);
        let words = self.head.iter().chain(added).chain(&self.tail);
        let parse = || match layer.settings.is_empty() {
            true => T::from_arg_matches(&self.given),
            false => {
                let matches = args::command().try_get_matches_from(words)?;
                T::from_arg_matches(&innermost(matches))
            }
        };
        parse().map_err(|error| anyhow!(message::usage_text(&error)))
    }

    fn leaves(&self, setting: &Setting) -> bool {
        let Some(arg) = setting.key.arg(self.command()) else {
            return false;
        };
        let is_list = matches!(arg.get_action(), ArgAction::Append);
        (is_list || !self.is_given(arg)) && {
            let mut given = self.command().get_arguments().filter(|arg| self.is_given(arg));
            !given.any(|given| args_conflict(arg, given, self.command()))
        }
    }

    fn is_given(&self, arg: &Arg) -> bool {
        let id = arg.get_id().as_str();
        self.given.value_source(id) == Some(ValueSource::CommandLine)
    }
}

/// The matches of the command that `matches` give, or of the main one.
fn innermost(mut matches: ArgMatches) -> ArgMatches {
    matches.remove_subcommand().map_or(matches, |(_, matches)| matches)
}
