//! `--diff`: what would change, as a unified diff.

use std::io;

use anstream::{AutoStream, ColorChoice};
use anyhow::Result;
use similar::TextDiff;

use super::args::Color;
use super::input::Input;
use super::output::Stdout;
use super::settings::Settings;
use super::{Status, message};

/// Prints how the result for `input` differs from it. The whole text is held in memory.
pub fn print(settings: &Settings, input: &Input) -> Result<Status> {
    let (before, decoder) = input.read_text(&settings.reading)?;
    let (converter, locale) = settings.conversion.converter(&before)?;
    if settings.verbose {
        message::findings(input, &decoder, locale);
    }
    let after = converter.convert(&before)?;
    let name = input.to_string();
    let diff = TextDiff::from_lines(&before, &after);
    let mut text = diff.unified_diff().header(&name, &name).to_string();
    if is_coloured(settings.color) {
        text = coloured(&text);
    }
    let mut stdout = Stdout::new();
    stdout.write(text.as_bytes())?;
    stdout.flush()?;
    Ok(Status::Done)
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
