//! `jianfan detect`: the encoding, the script and the locale of each input.

use anyhow::{Context, Error, Result};
use serde::Serialize;

use super::args::{DetectArgs, OutputFormat};
use super::damage::Damage;
use super::input::Input;
use super::line::Line;
use super::message::on_one_line;
use super::output::Stdout;
use super::plan::find;
use super::project::{Layer, Project};
use super::walk::Walker;
use super::{Status, message};
use crate::Findings;
use crate::encoding::Candidate;

/// Prints what is found out about the inputs that `args` name.
pub fn run(args: &DetectArgs, line: &Line) -> Result<Status> {
    let project = Project::find(&args.project, false)?;
    let args: &DetectArgs = &line.with(&Layer::of(project.as_ref()))?;
    let mut problems = Vec::new();
    let walker = Walker::of(&args.walk, project.as_ref())?;
    let inputs = find(&Input::all(args.paths.iter()), &walker, &mut problems);
    let mut stdout = Stdout::new();
    let mut status = Status::Done;
    let found = inputs.iter().map(|input| detect(input, args));
    for row in problems.into_iter().map(Err).chain(found) {
        let row = row.unwrap_or_else(|error| {
            message::error(&error);
            status = Status::Failed;
            Row::of_error(&error)
        });
        print(&row, args.output_format, &mut stdout)?;
    }
    stdout.flush()?;
    Ok(status)
}

fn detect(input: &Input, args: &DetectArgs) -> Result<Row> {
    let mut damage = args.mojibake.then(Damage::default);
    let findings = read(input, damage.as_mut()).with_context(|| input.to_string())?;
    let mut row = Row::new(input, &findings, args.candidates);
    if !findings.detection.binary {
        row.damage = damage;
    }
    Ok(row)
}

/// Reads `input`, all of it if its damage is asked for.
fn read(input: &Input, damage: Option<&mut Damage>) -> Result<Findings> {
    let reader = input.open()?;
    let findings = match damage {
        None => Findings::read(reader),
        Some(damage) => {
            let findings = Findings::read_all(reader, |text| damage.push(text));
            damage.finish();
            findings
        }
    };
    findings.context("can't read it")
}

fn print(row: &Row, format: OutputFormat, stdout: &mut Stdout) -> Result<()> {
    let mut line = match format {
        // The error has been told on standard error.
        OutputFormat::Text if row.error.is_some() => return Ok(()),
        OutputFormat::Text => row.to_text(),
        OutputFormat::Jsonl => serde_json::to_string(row)?,
    };
    line.push('\n');
    stdout.write(line.as_bytes())
}

/// One input, as `--output-format jsonl` prints it.
#[derive(Debug, Default, Serialize)]
struct Row {
    path: String,
    encoding: Option<&'static str>,
    bom: Option<bool>,
    confidence: Option<f64>,
    script: Option<&'static str>,
    locale: Option<&'static str>,
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    candidates: Option<Vec<Choice>>,
    #[serde(flatten)]
    damage: Option<Damage>,
}

/// An encoding that the input may be in.
#[derive(Debug, Serialize)]
struct Choice {
    encoding: &'static str,
    confidence: f64,
}

impl Row {
    fn new(input: &Input, findings: &Findings, with_candidates: bool) -> Self {
        let Findings { detection, script, locale, .. } = findings;
        let path = input.to_string();
        if detection.binary {
            return Self { path, encoding: Some("binary"), ..Self::default() };
        }
        Self {
            path,
            encoding: Some(detection.encoding.name()),
            bom: Some(detection.bom),
            confidence: Some(rounded(detection.confidence)),
            script: Some(script.name()),
            locale: locale.map(|locale| locale.tag()),
            error: None,
            candidates: with_candidates.then(|| Choice::all(&detection.candidates)),
            damage: None,
        }
    }

    /// The input that an error is about, which begins with its path.
    fn of_error(error: &Error) -> Self {
        let problem = Some(message::problem(error));
        Self { path: error.to_string(), error: problem, ..Self::default() }
    }

    /// The columns on one line, with TABs between.
    fn to_text(&self) -> String {
        let mark = if self.bom == Some(true) { " (BOM)" } else { "" };
        let mut columns = vec![
            on_one_line(&self.path),
            self.encoding.unwrap_or(UNKNOWN).to_owned() + mark,
            self.confidence.map_or(UNKNOWN.to_owned(), percent),
            self.script.unwrap_or(UNKNOWN).to_owned(),
            self.locale.unwrap_or(UNKNOWN).to_owned(),
        ];
        if let Some(candidates) = &self.candidates {
            let choices: Vec<String> = candidates.iter().map(Choice::to_text).collect();
            columns.push(choices.join(", "));
        }
        columns.extend(self.damage.as_ref().map(|damage| damage.to_text(UNKNOWN)));
        columns.join("\t")
    }
}

/// What stands in a column that has nothing to say.
const UNKNOWN: &str = "-";

impl Choice {
    /// The candidates, but for those that are as good as impossible.
    fn all(candidates: &[Candidate]) -> Vec<Self> {
        let choices = candidates.iter().map(|candidate| Self {
            encoding: candidate.encoding.name(),
            confidence: rounded(candidate.confidence),
        });
        choices.filter(|choice| choice.confidence > 0.0).collect()
    }

    fn to_text(&self) -> String {
        format!("{} {}", self.encoding, percent(self.confidence))
    }
}

/// Two digits behind the point. One is what is certain; what is only likely is less.
fn rounded(confidence: f32) -> f64 {
    let percent = (f64::from(confidence) * 100.0).round();
    if confidence < 1.0 { percent.min(99.0) / 100.0 } else { 1.0 }
}

fn percent(confidence: f64) -> String {
    format!("{:.0}%", confidence * 100.0)
}
