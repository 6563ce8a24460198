//! The texts to learn from and to test on.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result};

use crate::rng::mix;

/// A text as it is named on the command line.
#[derive(Debug, Clone)]
pub struct TextFile {
    path: PathBuf,
    weight: f32,
    share: u64,
}

/// A text.
#[derive(Debug)]
pub struct Text {
    pub name: String,
    pub lines: Vec<String>,
    /// What each of its characters counts.
    pub weight: f32,
}

impl FromStr for TextFile {
    type Err = String;

    fn from_str(argument: &str) -> Result<Self, String> {
        let (path, numbers) = argument.rsplit_once('=').unwrap_or((argument, "1"));
        let (weight, share) = numbers.split_once('/').unwrap_or((numbers, "1000"));
        let is_wrong = || format!("\u{201c}{numbers}\u{201d} is not WEIGHT or WEIGHT/SHARE");
        Ok(Self {
            path: path.into(),
            weight: weight.parse().map_err(|_| is_wrong())?,
            share: share.parse().map_err(|_| is_wrong())?,
        })
    }
}

impl TextFile {
    /// Reads the lines that take part.
    pub fn read(&self) -> Result<Text> {
        let lines = read_lines(&self.path)?;
        let is_used = |number: u64| mix(number) % 1000 < self.share;
        let numbered = (0..).zip(lines).filter(|(number, _)| is_used(*number));
        let lines = numbered.map(|(_, line)| line).collect();
        Ok(Text { name: self.path.display().to_string(), lines, weight: self.weight })
    }
}

impl Text {
    /// The lines that are learned from, or those that are held out: one in so many.
    pub fn lines(&self, one_in: u64, held_out: bool) -> impl Iterator<Item = &str> {
        let is_held_out = move |number: u64| one_in > 0 && mix(!number) % one_in == 0;
        let numbered = (0..).zip(&self.lines);
        numbered
            .filter(move |(number, _)| is_held_out(*number) == held_out)
            .map(|(_, line)| line.as_str())
    }
}

/// The texts that are held out altogether.
pub fn load_tests(paths: &[PathBuf]) -> Result<Vec<Text>> {
    let load = |path: &PathBuf| {
        Ok(Text { name: path.display().to_string(), lines: read_lines(path)?, weight: 0.0 })
    };
    paths.iter().map(load).collect()
}

/// The lines of a UTF-8 file that are not empty.
pub fn read_lines(path: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{}: can't be read as UTF-8", path.display()))?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}
