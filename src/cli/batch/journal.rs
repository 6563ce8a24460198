//! The journal of a run: what it does to which file, noted before it is done.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};

use super::path_text;
use crate::cli::atomic::{Stamp, folder_of, sync_folder, temporary_in};
use crate::cli::strays::Sweeper;

/// A line of a journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// The first line: which run this is.
    Run {
        /// The version of this format.
        format: u32,
        /// What was asked for, so that the same command is known again.
        command: String,
    },
    /// A file gets new content.
    Write {
        #[serde(with = "path_text")]
        path: PathBuf,
        /// What it is made from, if that is another file.
        source: Option<Stamp>,
        /// What was there, if anything.
        before: Option<Stamp>,
        /// What will be there.
        after: Stamp,
        /// Where the old content is kept.
        #[serde(with = "path_text::optional", default, skip_serializing_if = "Option::is_none")]
        backup: Option<PathBuf>,
    },
    /// Another name of the file before, which is to lead to the new content as well.
    Link {
        #[serde(with = "path_text")]
        path: PathBuf,
    },
    /// A link leads elsewhere.
    Relink {
        #[serde(with = "path_text")]
        link: PathBuf,
        #[serde(with = "path_text")]
        before: PathBuf,
        #[serde(with = "path_text")]
        after: PathBuf,
    },
    /// A file or folder gets another name.
    Rename {
        #[serde(with = "path_text")]
        from: PathBuf,
        #[serde(with = "path_text")]
        to: PathBuf,
    },
    /// All contents are written, and all renamings are noted, of which none is done.
    Written,
    /// Everything is done that could be.
    Done,
}

/// The version of the format.
const FORMAT: u32 = 1;

/// A journal that is being written, and locked as long.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    can_be_undone: bool,
}

impl Journal {
    /// Begins the journal of a run. It has its name when its first line is written.
    ///
    /// # Errors
    ///
    /// If there is a file of that name, or none can be made.
    pub fn create(path: &Path, command: &str, sweeper: &Sweeper) -> Result<Self> {
        let made = || -> Result<Self> {
            let folder = folder_of(path);
            fs::create_dir_all(folder)?;
            sweeper.sweep(folder);
            let mut file = temporary_in(folder, None)?;
            let first = Record::Run { format: FORMAT, command: command.to_owned() };
            file.as_file_mut().write_all(&lines(&[first])?)?;
            file.as_file().sync_all()?;
            let file = file.persist_noclobber(path).map_err(|error| error.error)?;
            sync_folder(folder)?;
            Ok(Self { path: path.to_owned(), file, can_be_undone: false })
        };
        made().with_context(|| {
            format!("can't begin the journal {}; name another place with --journal", path.display())
        })
    }

    /// Goes on with a journal that was read before; what is behind its last whole line is cut off.
    pub fn reopen(path: &Path, read: &Contents) -> Result<Self> {
        let opened = || -> Result<Self> {
            let mut file = OpenOptions::new().read(true).write(true).open(path)?;
            if file.try_lock().is_err() {
                bail!("another run is at work on it");
            }
            file.set_len(read.length)?;
            file.seek(SeekFrom::End(0))?;
            let can_be_undone = can_be_undone(&read.records);
            Ok(Self { path: path.to_owned(), file, can_be_undone })
        };
        opened().with_context(|| format!("can't go on with the journal {}", path.display()))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Notes what will be done next; when this returns, the note survives a loss of power.
    pub fn note(&mut self, records: &[Record]) -> Result<()> {
        self.can_be_undone |= can_be_undone(records);
        let written = self.file.write_all(&lines(records)?).and_then(|()| self.file.sync_data());
        written.with_context(|| format!("can't write the journal {}", self.path.display()))
    }

    /// Whether there is something in it that can be taken back.
    pub fn can_be_undone(&self) -> bool {
        self.can_be_undone
    }

    /// Removes it, as nothing in it is wanted any longer.
    pub fn remove(self) -> Result<()> {
        fs::remove_file(&self.path)
            .with_context(|| format!("can't remove the journal {}", self.path.display()))
    }
}

/// Whether one of them can be taken back.
fn can_be_undone(records: &[Record]) -> bool {
    records.iter().any(|record| match record {
        Record::Write { backup, .. } => backup.is_some(),
        record => matches!(record, Record::Rename { .. }),
    })
}

fn lines(records: &[Record]) -> Result<Vec<u8>> {
    let mut lines = Vec::new();
    for record in records {
        serde_json::to_writer(&mut lines, record)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// What a journal holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// What was asked for.
    pub command: String,
    /// What was noted, in order.
    pub records: Vec<Record>,
    /// Up to the end of the last whole line, in bytes.
    length: u64,
}

impl Contents {
    /// Reads the journal at `path`. A last line without an end, which a run was killed at, counts
    /// as not written.
    ///
    /// # Errors
    ///
    /// If it can't be read or is none.
    pub fn read(path: &Path) -> Result<Self> {
        let read = || -> Result<Self> {
            let mut reader = BufReader::new(File::open(path)?);
            let (mut records, mut line, mut length) = (Vec::new(), Vec::new(), 0);
            while reader.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
                let record = serde_json::from_slice(&line).with_context(|| {
                    format!("line {}: is no line of a journal", records.len() + 1)
                })?;
                records.push(record);
                length += line.len() as u64;
                line.clear();
            }
            if records.is_empty() {
                bail!("is no journal of jianfan");
            }
            let Record::Run { format, command } = records.remove(0) else {
                bail!("is no journal of jianfan");
            };
            if format != FORMAT {
                bail!("was written by another version of jianfan; use that one");
            }
            Ok(Self { command, records, length })
        };
        read().with_context(|| path.display().to_string())
    }

    /// Removes what the run has left in the folders that it was at work in.
    pub fn sweep(&self, sweeper: &Sweeper) {
        for record in &self.records {
            if let Record::Write { path, .. }
            | Record::Link { path }
            | Record::Relink { link: path, .. } = record
            {
                sweeper.sweep(folder_of(path));
            }
        }
    }

    /// Whether the run came to its end.
    pub fn is_done(&self) -> bool {
        self.records.contains(&Record::Done)
    }
}

/// The folder of journals that nobody named a place for.
pub fn folder() -> Result<PathBuf> {
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let state = state.filter(|path| path.is_absolute());
    let local = || Some(std::env::home_dir()?.join(".local").join("state"));
    let state = state.or_else(local);
    let state = state.ok_or_else(|| {
        anyhow!("no place for the journal: there is no home folder; name one with --journal")
    })?;
    Ok(state.join("jianfan"))
}

/// The journals in `folder` of runs of `command` that did not come to their end.
pub fn unfinished(folder: &Path, command: &str) -> Result<Vec<(PathBuf, Contents)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.with_context(|| folder.display().to_string())?,
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == EXTENSION));
    paths.sort();
    // A file that is no journal is not ours.
    let read =
        paths.into_iter().filter_map(|path| Some((path.clone(), Contents::read(&path).ok()?)));
    Ok(read.filter(|(_, contents)| contents.command == command && !contents.is_done()).collect())
}

/// What the names of journals end with.
const EXTENSION: &str = "journal";

/// A name for a new journal.
pub fn new_name() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = now.map_or(0, |since| since.as_secs());
    format!("{seconds}-{}.{EXTENSION}", std::process::id())
}
