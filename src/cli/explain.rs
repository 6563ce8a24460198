//! `jianfan explain`: which entry of which table, or which context, made each change.

use std::ops::Range;

use anyhow::{Context, Result, bail};
use serde::Serialize;

use super::args::{Engine, ExplainArgs};
use super::conversion::Conversion;
use super::convert::report;
use super::input::Input;
use super::line::Line;
use super::lines::Lines;
use super::message::on_one_line;
use super::notes::Notes;
use super::output::Stdout;
use super::plan::find;
use super::profile::{Profiles, Reading};
use super::project::{Layer, Project};
use super::settings::inputs;
use super::walk::Walker;
use super::{Status, message};
use crate::conversion::{Change, Span, Stage, StageKind};

const UNEXPLAINED: &str = "--engine opencc: OpenCC does not tell which entries it used; \
     leave the option out, jianfan uses the same ones";

/// Explains what `args` ask for. Each input is held in memory whole.
pub fn run(args: &ExplainArgs, line: Line) -> Result<Status> {
    if args.conversion.engine == Engine::Opencc {
        bail!(UNEXPLAINED);
    }
    let project = Project::find(&args.project, args.input.verbose)?;
    let args: &ExplainArgs = &line.with(&Layer::of(project.as_ref()))?;
    let mut problems = Vec::new();
    let walker = Walker::of(&args.input.walk, project.as_ref())?;
    let profiles = Profiles::new(line, project, |line, layer| {
        let args: ExplainArgs = line.with(layer)?;
        Ok((Conversion::resolve(&args.conversion)?, Reading::of(&args.input)))
    })?;
    let inputs = find(&inputs(&args.input), &walker, &mut problems);
    problems.iter().for_each(message::error);
    let mut status = if problems.is_empty() { Status::Done } else { Status::Failed };
    let mut stdout = Stdout::new();
    for input in &inputs {
        let mut notes = Notes::default();
        let profile = profiles.of(input)?;
        let done = explain(&profile, input, args, &mut notes, &mut stdout);
        stdout.flush()?;
        notes.tell(&mut false);
        status = status.max(report(done, input, args.quiet)?);
    }
    stdout.flush()?;
    Ok(status)
}

fn explain(
    (conversion, reading): &(Conversion, Reading),
    input: &Input,
    args: &ExplainArgs,
    notes: &mut Notes,
    stdout: &mut Stdout,
) -> Result<Status> {
    let (text, decoder) = input.read_text(reading)?;
    let (converter, source) = conversion.converter(&text)?;
    if args.input.verbose {
        notes.add_findings(input, &decoder, source);
    }
    if let (Some(replaced), false) = (decoder.replaced(), args.quiet) {
        notes.add_replaced(input, replaced);
    }
    let trace = converter.explaining().context(UNEXPLAINED)?.trace(&text);
    let path = input.to_string();
    let (before, after) = (Lines::of(&text), Lines::of(trace.output()));
    for change in trace.changes() {
        let explained = Explained::new(&path, &change, &before, &after);
        let mut line =
            if args.json { serde_json::to_string(&explained)? } else { explained.to_text() };
        line.push('\n');
        stdout.write(line.as_bytes())?;
    }
    Ok(Status::Done)
}

/// One change, as `--json` prints it.
#[derive(Debug, Serialize)]
struct Explained<'a> {
    path: &'a str,
    source: Place<'a>,
    output: Place<'a>,
    stage: StageName<'a>,
    dictionary: &'a str,
    key: &'a str,
    value: &'a str,
    candidates: &'a [&'a str],
    /// Of each candidate, if the context decided.
    scores: &'a [f32],
}

/// A place in a text. Lines and columns count from one, everything else from zero; columns and
/// `characters` are Unicode scalar values, `bytes` are those of the text in UTF-8 without a byte
/// order mark.
#[derive(Debug, Serialize)]
struct Place<'a> {
    line: usize,
    column: usize,
    bytes: Bounds,
    characters: Bounds,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Bounds {
    start: usize,
    end: usize,
}

/// A stage; the number is missing where the config has only one of the kind.
#[derive(Debug, Serialize)]
struct StageName<'a> {
    config: &'a str,
    kind: &'static str,
    number: Option<usize>,
    #[serde(skip)]
    text: String,
}

impl<'a> Explained<'a> {
    fn new(path: &'a str, change: &'a Change<'a>, source: &Lines, output: &Lines) -> Self {
        Self {
            path,
            source: source.place(&change.source),
            output: output.place(&change.output),
            stage: StageName::of(change.stage),
            dictionary: change.dictionary,
            key: change.key,
            value: change.value,
            candidates: &change.candidates,
            scores: &change.scores,
        }
    }

    /// The change on one line.
    fn to_text(&self) -> String {
        let Self { path, source, stage, dictionary, key, value, .. } = self;
        let made_of = match source.text {
            text if text == *key => String::new(),
            // An earlier stage had changed the text before this one saw it.
            text => format!(", from {}", on_one_line(text)),
        };
        format!(
            "{path}:{}:{}: {} → {}  ({}, {dictionary}{made_of}; candidates: {})",
            source.line,
            source.column,
            on_one_line(key),
            on_one_line(value),
            stage.text,
            on_one_line(&self.candidates()),
        )
    }

    /// The candidates, with their scores if they have any.
    fn candidates(&self) -> String {
        if self.scores.is_empty() {
            return self.candidates.join(" ");
        }
        let pairs = self.candidates.iter().zip(self.scores);
        let scored: Vec<String> =
            pairs.map(|(candidate, score)| format!("{candidate} {score:.1}")).collect();
        scored.join(", ")
    }
}

impl<'a> StageName<'a> {
    fn of(stage: &'a Stage) -> Self {
        let (kind, number) = match stage.kind {
            StageKind::Normalization(number) => ("normalization", Some(number)),
            StageKind::Segmentation => ("segmentation", None),
            StageKind::Conversion(number) => ("conversion", Some(number)),
            StageKind::Reading => ("reading", None),
        };
        Self { config: &stage.config, kind, number, text: stage.to_string() }
    }
}

impl From<&Range<usize>> for Bounds {
    fn from(range: &Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

impl Lines {
    fn place<'a>(&self, span: &Span<'a>) -> Place<'a> {
        let (line, column) = self.position(span);
        Place {
            line,
            column,
            bytes: Bounds::from(&span.bytes),
            characters: Bounds::from(&span.characters),
            text: span.text,
        }
    }
}
