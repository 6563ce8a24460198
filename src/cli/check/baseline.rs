//! A baseline: what was found before, and is not to be reported again.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::finding::Finding;
use crate::cli::atomic::{CANT_WRITE, Replacement};
use crate::cli::strays::Sweeper;

/// How often each finding is known, by path and by what it is: lines may move without making it a
/// new one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Baseline {
    files: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Baseline {
    /// Reads the baseline at `path`.
    pub fn read(path: &Path) -> Result<Self> {
        let read = || -> Result<Self> {
            serde_json::from_slice(&fs::read(path)?).context("is no baseline")
        };
        read().with_context(|| format!("--baseline: {}", path.display()))
    }

    /// Adds what was found in the file at `path`.
    pub fn add(&mut self, path: &str, findings: &[Finding]) {
        for finding in findings {
            let file = self.files.entry(path.to_owned()).or_default();
            *file.entry(key(finding)).or_default() += 1;
        }
    }

    /// Leaves out of `findings`, those of the file at `path`, as many of each kind as are known.
    pub fn leave_out(&self, path: &str, findings: &mut Vec<Finding>) {
        let Some(mut known) = self.files.get(path).cloned() else {
            return;
        };
        findings.retain(|finding| match known.get_mut(&key(finding)) {
            Some(left @ 1..) => {
                *left -= 1;
                false
            }
            _ => true,
        });
    }

    /// Writes it to `path`.
    pub fn write(&self, path: &Path) -> Result<()> {
        let write = || {
            let mut replacement = Replacement::of(path, &Sweeper::default())?;
            serde_json::to_writer_pretty(&mut replacement, self).context(CANT_WRITE)?;
            replacement.write_all(b"\n").context(CANT_WRITE)?;
            replacement.commit()
        };
        write().with_context(|| format!("--write-baseline: {}", path.display()))
    }
}

fn key(finding: &Finding) -> String {
    format!("{} → {}", finding.text, finding.instead)
}
