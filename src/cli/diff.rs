//! `--diff`: what would change, as a unified diff.

use std::io;

use anstream::{AutoStream, ColorChoice};
use anyhow::Result;
use similar::TextDiff;

use super::args::Color;
use super::batch::outcome::{End, Outcome, Written};
use super::content::Content;
use super::pipe::{encoder, relabelled, target};
use super::plan::Job;
use super::profile::Writing;
use super::repair::Repair;
use super::settings::Settings;
use crate::encoding::{AutoDecoder, Decoder, Encoding, Malformed, Relabel};

/// Notes in `outcome` how the result of `job` differs from its input. The whole text is held in
/// memory.
pub fn print(settings: &Settings, job: &Job, outcome: &mut Outcome) -> Result<End> {
    let Job { input, profile, .. } = job;
    let (before, decoder) = input.read_text(&profile.reading)?;
    let mut repair = Repair::new(profile.repair);
    let repaired = repair.piece(&before, true);
    let (converter, source) = profile.conversion.converter(&repaired)?;
    if settings.verbose {
        outcome.notes.add_findings(input, &decoder, source);
    }
    let mut relabel = profile.relabel.map(Relabel::new);
    let relabelled = relabelled(relabel.as_mut(), &repaired, &decoder, true);
    let after = converter.convert(&relabelled)?;
    let after = as_written(&after, &decoder, profile.writing)?;
    settings.note(input, &decoder, Content::of(&before), &mut outcome.notes);
    repair.tell(settings, input, &mut outcome.notes);
    outcome.encoding = decoder.encoding();
    if before == after {
        return Ok(End::Unchanged);
    }
    let name = input.to_string();
    let diff = TextDiff::from_lines(&before, &after);
    let mut text = diff.unified_diff().header(&name, &name).to_string();
    if is_coloured(settings.color) {
        text = coloured(&text);
    }
    outcome.output = text.into_bytes();
    Ok(End::Done(Written::Text))
}

/// `text` as whoever reads the file finds it, written with the encoding and what stands for
/// characters that this lacks.
///
/// # Errors
///
/// If it can't be written.
fn as_written(text: &str, decoder: &AutoDecoder, writing: Writing) -> Result<String> {
    let mut encoder = encoder(decoder, writing);
    let mut bytes = Vec::new();
    encoder.encode(text, &mut bytes)?;
    encoder.finish(&mut bytes)?;
    let encoding = target(decoder, writing).unwrap_or(Encoding::UTF_8);
    let mut decoder = Decoder::new(encoding, Malformed::Replace);
    let mut text = String::with_capacity(text.len());
    decoder.decode(&bytes, &mut text)?;
    decoder.finish(&mut text)?;
    Ok(text)
}

fn is_coloured(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    }
}

/// The diff with those lines coloured that git colours, and as it does.
fn coloured(diff: &str) -> String {
    let mut text = String::with_capacity(diff.len() * 2);
    for (number, line) in diff.lines().enumerate() {
        let style = match line.as_bytes().first() {
            _ if number < 2 => "\x1b[1m",
            Some(b'-') => "\x1b[31m",
            Some(b'+') => "\x1b[32m",
            Some(b'@') => "\x1b[36m",
            _ => "",
        };
        let end = if style.is_empty() { "\n" } else { "\x1b[0m\n" };
        text.extend([style, line, end]);
    }
    text
}
