use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use jianfan::locale::{Evidence, Script};

use crate::peers::{Config, Peer};

/// Texts of one kind.
pub struct Kind {
    pub name: String,
    text: String,
    script: Script,
}

/// The kinds of text in `folder`, each a folder of texts of which about `size` bytes are taken;
/// and one more of what ASCII they have, repeated.
pub fn read(folder: &Path, size: usize) -> Result<Vec<Kind>> {
    let folders = entries(folder)?.into_iter().filter(|path| path.is_dir());
    let mut kinds = folders.map(|path| Kind::read(&path, size)).collect::<Result<Vec<_>>>()?;
    ensure!(!kinds.is_empty(), "{}: no folder of texts", folder.display());
    let characters = kinds.iter().flat_map(|kind| kind.text.chars());
    let ascii: String = characters.filter(char::is_ascii).take(size).collect();
    if !ascii.is_empty() {
        let text = ascii.repeat(size.div_ceil(ascii.len()));
        kinds.push(Kind { name: "ascii".to_owned(), text, script: Script::None });
    }
    Ok(kinds)
}

impl Kind {
    fn read(folder: &Path, size: usize) -> Result<Self> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut text = String::new();
        for path in entries(folder)?.into_iter().filter(|path| path.is_file()) {
            let read = fs::read_to_string(&path);
            text += &read.with_context(|| path.display().to_string())?;
        }
        let end =
            text[..text.floor_char_boundary(size)].rfind('\n').map_or(text.len(), |at| at + 1);
        if text.len() > size {
            text.truncate(end);
        }
        ensure!(!text.is_empty(), "{}: no text", folder.display());
        let script = Evidence::of(&text).script();
        Ok(Self { name, text, script })
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// What makes a text of one script that of another: OpenCC itself.
pub struct Makers {
    t2s: Peer,
    s2t: Peer,
    t2tw: Peer,
}

impl Makers {
    pub fn new() -> Result<Self> {
        let [t2s, s2t, t2tw] = ["t2s", "s2t", "t2tw"].map(Peer::opencc);
        Ok(Self { t2s: t2s?, s2t: s2t?, t2tw: t2tw? })
    }

    /// The text of this kind in the script that `config` converts.
    pub fn source(&self, kind: &Kind, config: Config) -> Result<String> {
        let is_simplified = kind.script == Script::Hans;
        let traditional = || match is_simplified {
            true => Ok(self.s2t.convert(&kind.text)?.into_owned()),
            false => Ok(kind.text.clone()),
        };
        match config {
            Config::T2s => traditional(),
            Config::Tw2s | Config::Tw2sp => Ok(self.t2tw.convert(&traditional()?)?.into_owned()),
            _ if is_simplified => Ok(kind.text.clone()),
            _ => Ok(self.t2s.convert(&kind.text)?.into_owned()),
        }
    }
}

/// The lines of the converted text that OpenCC would leave as they are: text that is in the
/// target script already.
pub fn unchanged(text: &str, opencc: &Peer) -> Result<String> {
    let once = opencc.convert(text)?;
    let twice = opencc.convert(&once)?;
    let pairs = once.split_inclusive('\n').zip(twice.split_inclusive('\n'));
    Ok(pairs.filter(|(one, other)| one == other).map(|(line, _)| line).collect())
}
