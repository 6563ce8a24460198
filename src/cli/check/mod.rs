//! `jianfan check`: words and characters that don't belong to a locale.

mod baseline;
mod finding;
mod format;
mod suppression;

use std::collections::HashSet;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

pub use self::finding::Rule;

use self::baseline::Baseline;
use self::finding::Finding;
use self::format::Found;
use self::suppression::Places;
use super::args::{CheckArgs, CheckFormat};
use super::conversion::Conversion;
use super::convert::report;
use super::input::Input;
use super::line::Line;
use super::lines::Lines;
use super::notes::Notes;
use super::output::Stdout;
use super::plan::find;
use super::profile::{Profiles, Reading};
use super::project::{Layer, Project};
use super::settings::inputs;
use super::walk::Walker;
use super::{Status, message};
use crate::conversion::Trace;

/// So many files are checked before what was found in them is printed.
const TOGETHER: usize = 64;

/// Reports what does not belong in the inputs that `args` name.
pub fn run(args: &CheckArgs, line: Line) -> Result<Status> {
    let project = Project::find(&args.project, args.input.verbose)?;
    let args: &CheckArgs = &line.with(&Layer::of(project.as_ref()))?;
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose()?;
    let mut problems = Vec::new();
    let walker = Walker::of(&args.input.walk, project.as_ref())?;
    let checkers = Profiles::new(line, project, |line, layer| Checker::new(&line.with(layer)?))?;
    let inputs = find(&inputs(&args.input), &walker, &mut problems);
    problems.iter().for_each(message::error);
    let status = if problems.is_empty() { Status::Done } else { Status::Failed };
    let mut run = Run { args, status, written: Baseline::default(), kept: Vec::new() };
    let mut stdout = Stdout::new();
    for inputs in inputs.chunks(TOGETHER) {
        let profiles = inputs.iter().map(|input| checkers.of(input)).collect::<Result<Vec<_>>>()?;
        let pairs = inputs.par_iter().zip(&profiles);
        let checked: Vec<_> = pairs.map(|(input, checker)| checker.check(input)).collect();
        for (input, (notes, findings)) in inputs.iter().zip(checked) {
            notes.tell(&mut false);
            run.take(input, findings, baseline.as_ref(), &mut stdout)?;
        }
    }
    run.end(&mut stdout)
}

/// Finds what does not belong to a locale.
struct Checker {
    conversion: Conversion,
    /// The same with the words alone that are replaced anywhere, unless these are all.
    safe: Option<Conversion>,
    reading: Reading,
    least: Rule,
    /// Text that stays as it is.
    allowed: Vec<String>,
    verbose: bool,
}

impl Checker {
    fn new(args: &CheckArgs) -> Result<Self> {
        if args.conversion.to.is_none() {
            bail!("say what the text is to be: -t with a locale such as zh-TW or zh-CN");
        }
        let (conversion, safe) = Conversion::resolve_with_safe(&args.conversion)?;
        Ok(Self {
            conversion,
            safe,
            reading: Reading::of(&args.input),
            least: args.least,
            allowed: args.allow.clone(),
            verbose: args.input.verbose,
        })
    }

    fn check(&self, input: &Input) -> (Notes, Result<Vec<Finding>>) {
        let mut notes = Notes::default();
        let findings = self.findings(input, &mut notes);
        (notes, findings)
    }

    fn findings(&self, input: &Input, notes: &mut Notes) -> Result<Vec<Finding>> {
        let (text, decoder) = input.read_text(&self.reading)?;
        let (converter, source) = self.conversion.converter(&text)?;
        if self.verbose {
            notes.add_findings(input, &decoder, source);
        }
        let trace = converter.explaining().context(UNEXPLAINED)?.trace(&text);
        let certain = match &self.safe {
            None => places(&trace),
            Some(safe) => {
                let (safe, _) = safe.converter(&text)?;
                places(&safe.explaining().context(UNEXPLAINED)?.trace(&text))
            }
        };
        let allowed = suppression::places_of(&self.allowed, &text);
        let suppressed = suppression::suppressed_lines(&text);
        let mut findings = in_trace(&trace, &certain, &allowed, &Lines::of(&text));
        findings.retain(|finding| !suppressed[finding.line - 1] && finding.rule <= self.least);
        Ok(findings)
    }
}

const UNEXPLAINED: &str =
    "--engine opencc: OpenCC does not tell what it changes; leave the option out";

/// The places in the source of all changes.
fn places(trace: &Trace<'_>) -> HashSet<Range<usize>> {
    trace.changes().map(|change| change.source.bytes).collect()
}

/// What `trace` changes outside of what is `allowed`; what is in `certain` would be changed anywhere.
fn in_trace(
    trace: &Trace<'_>,
    certain: &HashSet<Range<usize>>,
    allowed: &Places,
    lines: &Lines,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for change in trace.changes() {
        // What a later stage changed back, or changed on from what an earlier one had made of it.
        let is_known = findings.last().is_some_and(|last| last.end > change.source.bytes.start);
        let is_allowed = allowed.hold(&change.source.bytes);
        if change.source.text == change.output.text || is_known || is_allowed {
            continue;
        }
        let (line, column) = lines.position(&change.source);
        let is_certain = certain.contains(&change.source.bytes);
        let finding = Finding::of(&change, line, column, is_certain);
        match findings.last_mut().filter(|last| last.goes_on_with(&finding)) {
            Some(last) => last.take_up(&finding),
            None => findings.push(finding),
        }
    }
    findings
}

/// A check that is going on.
struct Run<'a> {
    args: &'a CheckArgs,
    status: Status,
    written: Baseline,
    /// What is printed at the end, as a whole.
    kept: Vec<Found>,
}

impl Run<'_> {
    fn take(
        &mut self,
        input: &Input,
        findings: Result<Vec<Finding>>,
        baseline: Option<&Baseline>,
        stdout: &mut Stdout,
    ) -> Result<()> {
        let path = input.to_string();
        let mut findings = match findings {
            Ok(findings) => findings,
            Err(error) => {
                let status = report(Err(error), input, !self.args.input.verbose)?;
                self.status = self.status.max(status);
                return Ok(());
            }
        };
        if self.args.write_baseline.is_some() {
            self.written.add(&path, &findings);
            return Ok(());
        }
        if let Some(baseline) = baseline {
            baseline.leave_out(&path, &mut findings);
        }
        if findings.is_empty() {
            return Ok(());
        }
        self.status = self.status.max(Status::Found);
        let found = Found { path, findings };
        match self.args.output_format {
            CheckFormat::Text => stdout.write(format::text(&found).as_bytes())?,
            CheckFormat::Github => stdout.write(format::github(&found).as_bytes())?,
            CheckFormat::Json | CheckFormat::Sarif => self.kept.push(found),
        }
        stdout.flush()
    }

    fn end(self, stdout: &mut Stdout) -> Result<Status> {
        let whole = match self.args.output_format {
            _ if self.args.write_baseline.is_some() => None,
            CheckFormat::Json => Some(format::json(&self.kept)?),
            CheckFormat::Sarif => Some(format::sarif(&self.kept)?),
            CheckFormat::Text | CheckFormat::Github => None,
        };
        if let Some(whole) = whole {
            stdout.write(whole.as_bytes())?;
            stdout.write(b"\n")?;
            stdout.flush()?;
        }
        if let Some(path) = &self.args.write_baseline {
            self.written.write(path)?;
        }
        Ok(self.status)
    }
}
