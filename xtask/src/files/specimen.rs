//! A tree of all that may happen to be in one: texts in many encodings, code, binaries, links, other
//! names of a file, folders in folders, modes and times.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use fastrand::Rng;
use jianfan::encoding::{Encoder, Unmappable};

use crate::package;

/// In every text: what a table that is not the same the second time changes.
const NUMBERS: &str = "一二三，一一二二三三。\n";

/// What files and folders are called, with a number behind it.
const NAMES: [&str; 8] = ["简体", "汉语学习", "电脑软件", "plain", "一", "頭髮", "头发", "notes"];

/// So many folders there are.
const FOLDERS: usize = 24;

/// Builds a tree of so many files at `root`, of which some are `large` bytes.
pub fn build(root: &Path, files: usize, large: usize, rng: &mut Rng) -> Result<()> {
    let mut specimen = Specimen { texts: texts()?, folders: vec![root.to_owned()], rng };
    fs::create_dir_all(root)?;
    specimen.make_folders()?;
    let mut last = root.join("nothing");
    for number in 0..files {
        let size = match number {
            3 => large,
            number if number % 50 == 9 => large / 16,
            _ => specimen.rng.usize(40..8000),
        };
        let path = specimen.path(number);
        specimen.make(&path, number, size, &last)?;
        if number % 20 < 14 {
            last = path;
        }
    }
    for folder in specimen.folders {
        let mode = if specimen.rng.bool() { 0o755 } else { 0o750 };
        fs::set_permissions(folder, Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// Simplified and Traditional text.
fn texts() -> Result<[String; 2]> {
    let read = |locale: &str| -> Result<String> {
        let path = |kind: &str| package::root().join(format!("tests/data/{kind}.{locale}.txt"));
        let read = |path: PathBuf| {
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        Ok(read(path("article"))? + &read(path("sample"))?)
    };
    Ok([read("zh-CN")?, read("zh-TW")?])
}

struct Specimen<'a> {
    texts: [String; 2],
    folders: Vec<PathBuf>,
    rng: &'a mut Rng,
}

impl Specimen<'_> {
    fn make_folders(&mut self) -> Result<()> {
        for number in 0..FOLDERS {
            let folder = self.path(1000 + number).with_extension("");
            fs::create_dir_all(&folder)?;
            self.folders.push(folder);
        }
        Ok(())
    }

    /// A path for a new file.
    fn path(&mut self, number: usize) -> PathBuf {
        let folder = &self.folders[self.rng.usize(..self.folders.len())];
        let name = NAMES[self.rng.usize(..NAMES.len())];
        folder.join(format!("{name}-{number:04}.txt"))
    }

    /// Makes the file at `path`, or another name of the `last` one, or a link to that.
    fn make(&mut self, path: &Path, number: usize, size: usize, last: &Path) -> Result<()> {
        let bytes = match number % 20 {
            0..5 => encoded(&self.text(0, size), "gbk")?,
            5..8 => encoded(&self.text(1, size), "big5")?,
            8..13 => self.text(number % 2, size).into_bytes(),
            13..15 => encoded(&self.text(0, size), "utf-16le")?,
            15 => "fn main() { println!(\"{}\", 1 + 1); }\n".repeat(size / 38).into_bytes(),
            16 => [b"\x89PNG\r\n\x1A\n\0\0\0\r".to_vec(), self.noise(size)].concat(),
            17 => Vec::new(),
            18 => return Ok(fs::hard_link(last, path)?),
            _ => return self.link(path, last),
        };
        fs::write(path, bytes)?;
        let mode = [0o644, 0o600, 0o755, 0o640][self.rng.usize(..4)];
        let age = Duration::from_secs(self.rng.u64(..300_000_000));
        let file = File::options().write(true).open(path)?;
        file.set_permissions(Permissions::from_mode(mode))?;
        Ok(file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000) + age)?)
    }

    /// Lines of the texts, of so many bytes or somewhat more.
    fn text(&mut self, which: usize, size: usize) -> String {
        let lines: Vec<&str> = self.texts[which].lines().filter(|line| !line.is_empty()).collect();
        let mut text = String::from(NUMBERS);
        while text.len() < size {
            text += lines[self.rng.usize(..lines.len())];
            text.push('\n');
        }
        text
    }

    fn noise(&mut self, size: usize) -> Vec<u8> {
        (0..size).map(|_| self.rng.u8(..)).collect()
    }

    /// A link to the `last` file, a folder, or nothing.
    fn link(&mut self, path: &Path, last: &Path) -> Result<()> {
        let folder = path.parent().unwrap_or(path);
        let up: PathBuf = folder.strip_prefix(&self.folders[0])?.iter().map(|_| "..").collect();
        let target = match self.rng.usize(..4) {
            0 => PathBuf::from("无/nothing"),
            1 => up.join(self.folders[self.rng.usize(1..FOLDERS)].strip_prefix(&self.folders[0])?),
            _ => up.join(last.strip_prefix(&self.folders[0])?),
        };
        Ok(symlink(target, path)?)
    }
}

/// `text` in the encoding of that label, with a byte order mark if it is one of those that have.
fn encoded(text: &str, label: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let bom = label.starts_with("utf-16");
    let mut encoder = Encoder::new(label.parse()?, Unmappable::Geta, bom);
    encoder.encode(text, &mut bytes)?;
    encoder.finish(&mut bytes)?;
    Ok(bytes)
}
