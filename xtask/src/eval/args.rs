//! The arguments, and what they ask for: commands, and what to measure by.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::ambiguous::{Ambiguous, Majority};
use super::contestant::{self, Contestant};
use super::find;
use super::fold::Folding;
use super::measure::Ruler;
use super::set::{self, Set};
use crate::engine;

/// Measures how accurately jianfan, and other commands, convert sets of texts.
///
/// A set is a .tsv file whose rows are an id, a source, its conversion by a human (the gold), and,
/// in sets with vocabulary, a JSON list of terms: [[source word, local word, start, end], ...], in
/// characters of the gold.
///
/// Figures, in percent: exact, lines that equal the gold; char, characters of the gold that the
/// output has at their place; amb~, ambiguous characters that are right; minor~, those of them
/// whose gold reading is not the most frequent one of the character in all sets of the run without
/// vocabulary (see --majority); term, terms that stand where the gold has them, with --reverse
/// anywhere. With a ~, free variants, quotes and the width of punctuation don't count; in sets with
/// vocabulary exact~ ignores spaces, quotes and a full stop at the end as well.
#[derive(clap::Args)]
pub struct Args {
    /// Sets, and folders of sets; names that begin with terms_, ambiguous or variants are left out.
    #[arg(value_name = "SET", required = true)]
    pub sets: Vec<PathBuf>,

    /// Measure the jianfan of this workspace, built first, with these arguments; may be repeated.
    #[arg(long, value_name = "ARGS", allow_hyphen_values = true)]
    jianfan: Vec<String>,

    /// Measure this command; it must write one line for each line it reads; may be repeated.
    #[arg(long, value_name = "COMMAND")]
    command: Vec<String>,

    /// Convert the gold, and expect the source.
    #[arg(long)]
    pub reverse: bool,

    /// Free variants: a character, a tab, what is folded to it; without it, the variants.tsv
    /// (--reverse: variants_reverse.tsv) in the folder of the sets or the nearest above.
    #[arg(long, value_name = "FILE")]
    variants: Option<PathBuf>,

    /// Ambiguous characters: a character, a tab, its folded readings; without it, the ambiguous.tsv
    /// (--reverse: ambiguous_reverse.tsv) in the folder of the sets or the nearest above.
    #[arg(long, value_name = "FILE")]
    ambiguous: Option<PathBuf>,

    /// Take the most frequent readings from these sets; of equals, the first is taken.
    #[arg(long, value_name = "SET", num_args = 1..)]
    majority: Vec<PathBuf>,

    /// Print the N ambiguous characters that are wrong most often.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub worst: usize,

    /// Print the N most frequent wrong words: terms, and characters with their neighbours.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub errors: usize,

    /// Print how many lines the first command has wrong and another right, and the other way about,
    /// with N examples, 10 unless told; first are those of --jianfan, then of --command.
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "10")]
    pub compare: Option<usize>,

    /// Write the figures here, as counts.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,

    /// One more command to measure.
    #[arg(last = true, value_name = "COMMAND")]
    last: Vec<String>,
}

impl Args {
    /// The commands to measure: first those of jianfan, then the others.
    pub fn contestants(&self) -> Result<Vec<Contestant>> {
        let commands = self.command.iter().map(|command| contestant::split(command));
        let last = Some(self.last.clone()).filter(|words| !words.is_empty());
        let commands: Result<Vec<_>> =
            commands.chain(last).map(|words| Contestant::command(&words)).collect();
        let commands = commands?;
        let count = self.jianfan.len() + commands.len();
        ensure!(
            count > 0,
            "no command to measure: give --jianfan ARGS, --command COMMAND, or one after --"
        );
        ensure!(
            self.compare.is_none() || count > 1,
            "--compare needs two commands: give one more --jianfan or --command"
        );
        let mut contestants = self.jianfan()?;
        contestants.extend(commands);
        Ok(contestants)
    }

    fn jianfan(&self) -> Result<Vec<Contestant>> {
        if self.jianfan.is_empty() {
            return Ok(Vec::new());
        }
        let program = engine::build_jianfan()?;
        let jianfan = |arguments: &String| Contestant::jianfan(program.clone(), arguments);
        Ok(self.jianfan.iter().map(jianfan).collect())
    }

    /// What is measured by: the tables named or near the sets, and the usual
    /// readings.
    pub fn ruler(&self, paths: &[PathBuf], sets: &[Set]) -> Result<Ruler> {
        let variants = self.table(self.variants.as_deref(), "variants", paths)?;
        let folding = variants.map_or(Ok(Folding::default()), |path| Folding::read(&path))?;
        let readings = self.table(self.ambiguous.as_deref(), "ambiguous", paths)?;
        let ambiguous = readings.map_or(Ok(Ambiguous::default()), |path| Ambiguous::read(&path))?;
        let majority = if self.majority.is_empty() {
            Majority::of(sets, &ambiguous, &folding)
        } else {
            let sets = set::read_all(&find::sets(&self.majority)?, self.reverse)?;
            Majority::of(&sets, &ambiguous, &folding)
        };
        Ok(Ruler { folding, ambiguous, majority })
    }

    /// The table `named`, or the one of this stem near the sets.
    fn table(&self, named: Option<&Path>, stem: &str, sets: &[PathBuf]) -> Result<Option<PathBuf>> {
        if let Some(path) = named {
            return Ok(Some(path.to_owned()));
        }
        let name = format!("{stem}{}.tsv", if self.reverse { "_reverse" } else { "" });
        let found = find::table_near(sets, &name)?;
        if found.is_none() {
            eprintln!("no {name} near the sets: measuring without; --{stem} FILE names one");
        }
        Ok(found)
    }
}
