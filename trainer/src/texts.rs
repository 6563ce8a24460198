//! The texts to learn from and to test on.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, bail, ensure};

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
        let weight =
            weight.parse().ok().filter(|weight: &f32| weight.is_finite() && *weight >= 0.0);
        let share = share.parse().ok().filter(|share| (1..=1000).contains(share));
        match (weight, share) {
            (Some(weight), Some(share)) => Ok(Self { path: path.into(), weight, share }),
            _ => Err(format!(
                "\u{201c}{numbers}\u{201d} is not WEIGHT or WEIGHT/SHARE: a number from 0, and one \
                 from 1 to 1000"
            )),
        }
    }
}

impl TextFile {
    /// Reads the lines that take part.
    pub fn read(&self) -> Result<Text> {
        let name = self.path.display().to_string();
        let lines = read_lines(&self.path)?;
        let is_used = |number: u64| mix(number) % 1000 < self.share;
        let numbered = (0..).zip(lines).filter(|(number, _)| is_used(*number));
        let lines = numbered.map(|(_, line)| line).collect();
        Ok(Text { name, lines, weight: self.weight })
    }
}

impl Text {
    /// The lines that are learned from, or those that are held out: one in so many.
    pub fn lines(&self, one_in: u64, held_out: bool) -> impl Iterator<Item = &str> {
        let is_held_out = move |number: u64| one_in > 0 && mix(!number).is_multiple_of(one_in);
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
///
/// # Errors
///
/// If the file can't be read, is not UTF-8 or has no such line.
pub fn read_lines(path: &Path) -> Result<Vec<String>> {
    let name = path.display();
    let bytes = std::fs::read(path).with_context(|| format!("{name}: can't read"))?;
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let good = &bytes[..error.valid_up_to()];
            let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
            bail!("{name}:{line}: not UTF-8; convert the file first");
        }
    };
    let lines: Vec<String> =
        text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
    ensure!(!lines.is_empty(), "{name}: there is nothing in it");
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn parse(argument: &str) -> Result<(String, f32, u64), String> {
        let file: TextFile = argument.parse()?;
        Ok((file.path.display().to_string(), file.weight, file.share))
    }

    #[test]
    fn weight_and_share_may_follow_the_name() {
        assert_eq!(parse("a.txt"), Ok(("a.txt".to_owned(), 1.0, 1000)));
        assert_eq!(parse("a.txt=0.4"), Ok(("a.txt".to_owned(), 0.4, 1000)));
        assert_eq!(parse("a.txt=0.4/700"), Ok(("a.txt".to_owned(), 0.4, 700)));
        assert_eq!(parse("a=b.txt=2"), Ok(("a=b.txt".to_owned(), 2.0, 1000)));
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        for numbers in ["", "x", "/", "1/", "1/x", "1/0", "1/1001", "-1", "nan", "inf", "1/2/3"] {
            let error = parse(&format!("a.txt={numbers}")).unwrap_err();
            assert!(error.starts_with(&format!("\u{201c}{numbers}\u{201d} is not")), "{error}");
        }
    }

    fn error_of(name: &str, bytes: Option<&[u8]>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        if let Some(bytes) = bytes {
            fs::write(&path, bytes).unwrap();
        }
        let file: TextFile = path.display().to_string().parse().unwrap();
        let error = format!("{:#}", file.read().unwrap_err());
        assert!(!error.contains('\n'), "{error}");
        error.split(name).nth(1).unwrap().to_owned()
    }

    #[test]
    fn an_error_says_which_file_and_what() {
        assert!(error_of("none.txt", None).starts_with(": can't read: "));
        let error = error_of("big5.txt", Some(b"ascii\n\xa4\xa4\n"));
        assert_eq!(error, ":2: not UTF-8; convert the file first");
        assert_eq!(error_of("empty.txt", Some(b"\n\n")), ": there is nothing in it");
    }

    #[test]
    fn a_share_of_the_lines_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text.txt");
        let lines: String = (0..4000).map(|number| format!("{number}\r\n")).collect();
        fs::write(&path, format!("\u{feff}{lines}")).unwrap();
        let read = |argument: &str| -> Vec<String> {
            let file: TextFile = format!("{}{argument}", path.display()).parse().unwrap();
            file.read().unwrap().lines
        };
        assert_eq!((read("").len(), read("")[0].as_str()), (4000, "0"));
        let part = read("=1/250");
        assert!((850..1150).contains(&part.len()), "{}", part.len());
        assert_eq!(part, read("=2/250"));
    }

    #[test]
    fn every_line_is_either_learned_from_or_held_out() {
        let lines = (0..4000).map(|number| number.to_string()).collect();
        let text = Text { name: "text".to_owned(), lines, weight: 1.0 };
        let (learned, held_out): (Vec<&str>, Vec<&str>) =
            (text.lines(40, false).collect(), text.lines(40, true).collect());
        assert!((50..150).contains(&held_out.len()), "{}", held_out.len());
        assert!(held_out.iter().all(|line| !learned.contains(line)));
        assert_eq!(learned.len() + held_out.len(), 4000);
        assert_eq!((text.lines(0, false).count(), text.lines(0, true).count()), (4000, 0));
    }
}
