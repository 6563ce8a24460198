//! Real files, in folders that are named by their encoding.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use jianfan::encoding::Encoding;

use super::{Block, Mark, Measure, Samples, column, row};
use crate::detection::block::Row;
use crate::detection::snippet::Snippet;

/// Two blocks: how many are right, and which of the Western ones were called Chinese.
pub(super) fn blocks(folder: &Path) -> Result<[Block; 2]> {
    let (mut right, mut alarms, mut eastern) = (Vec::new(), Vec::new(), Vec::new());
    for (encoding, path) in folders(folder)? {
        let snippets = read_all(&path, encoding)?;
        let name = encoding.name().to_owned();
        let add = |rows: &mut Vec<Row>, measure, mark| {
            rows.push(row(name.clone(), measure, mark, 1, Samples::Given(snippets.clone())));
        };
        add(&mut right, Measure::Text, Mark::Any);
        match is_western(encoding) {
            true => add(&mut alarms, Measure::Cjk, Mark::AtMost(1.0)),
            false => eastern.extend(snippets),
        }
    }
    let all = "Chinese, Japanese, Korean, Unicode".to_owned();
    right.push(row(all, Measure::Text, Mark::AtLeast(99.0), 1, Samples::Given(eastern)));
    let columns = vec![column("files", 0, 0)];
    Ok([
        Block { title: "Real files: % right", columns: columns.clone(), rows: right },
        Block { title: "Real Western files: % called CJK or UTF-16", columns, rows: alarms },
    ])
}

/// Every file below a folder, in a stable order.
pub(super) fn read_all(folder: &Path, encoding: Encoding) -> Result<Vec<Snippet>> {
    let mut snippets = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() {
            snippets.extend(read_all(&path, encoding)?);
        } else {
            let bytes = fs::read(&path);
            let bytes = bytes.with_context(|| format!("cannot read {}", path.display()))?;
            snippets.push(Snippet { bytes, encoding, unharmed: None });
        }
    }
    Ok(snippets)
}

fn folders(folder: &Path) -> Result<Vec<(Encoding, PathBuf)>> {
    let mut folders = Vec::new();
    for path in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match Encoding::from_label(&name) {
            Some(encoding) => folders.push((encoding, path)),
            None => bail!("{}: no encoding has that name", path.display()),
        }
    }
    Ok(folders)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let cannot = || format!("cannot read {}", folder.display());
    let entries = fs::read_dir(folder).with_context(cannot)?;
    let entries: Result<Vec<_>, _> = entries.map(|entry| entry.map(|e| e.path())).collect();
    let mut entries = entries.with_context(cannot)?;
    entries.sort();
    Ok(entries)
}

fn is_western(encoding: Encoding) -> bool {
    ["windows-", "iso-8859-", "koi8-", "ibm866", "mac", "x-mac-"]
        .iter()
        .any(|family| encoding.name().starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_tell_the_encoding() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("big5/novels");
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("b.txt"), b"\xA4\xA4").unwrap();
        fs::write(folder.path().join("big5/a.txt"), b"\xA4\xE5").unwrap();
        let [(encoding, path)] = &folders(folder.path()).unwrap()[..] else { panic!("one folder") };
        let texts: Vec<_> = read_all(path, *encoding).unwrap().iter().map(Snippet::text).collect();
        assert_eq!(texts, ["文", "中"]);
        fs::create_dir(folder.path().join("klingon")).unwrap();
        let error = folders(folder.path()).unwrap_err().to_string();
        assert!(error.ends_with("klingon: no encoding has that name"), "{error}");
    }
}
