//! `--engine opencc`: OpenCC itself. It converts a text as a whole, so that a stream of it holds
//! the text until its end.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};

use super::args::{ConversionArgs, VocabularyArg};
use super::engine::{self, Stream, TextConverter, tofu_risk};
use crate::conversion::TofuRisk;
use crate::opencc::OpenCc;
use crate::{Converter, Locale};

/// OpenCC.
pub struct Engine {
    tofu_risk: TofuRisk,
    folders: Vec<PathBuf>,
}

impl Engine {
    /// What the arguments ask of OpenCC; it has nothing that comes before its own tables.
    pub fn of(args: &ConversionArgs) -> Result<Self> {
        if !args.table.is_empty() {
            bail!(
                "--table: OpenCC knows no tables but those of a config; \
                 name yours in a config file (-c FILE), or leave --engine opencc out"
            );
        }
        if args.script_only {
            bail!(
                "--script-only: OpenCC has a config for that; \
                 name it (-c s2tw), or leave --engine opencc out"
            );
        }
        if args.vocabulary != VocabularyArg::default() {
            bail!("--vocabulary: OpenCC has its own words; leave it or --engine opencc out");
        }
        if args.model.is_some() {
            bail!("--model: OpenCC reads no context; leave --model or --engine opencc out");
        }
        Ok(Self { tofu_risk: tofu_risk(args), folders: args.path.clone() })
    }
}

impl engine::Engine for Engine {
    fn config(&self, name: &str, file: Option<&Path>) -> Result<Arc<dyn TextConverter>> {
        Ok(Arc::new(match file {
            Some(path) => OpenCc::config_file(path, self.tofu_risk, &self.folders)?,
            None => OpenCc::config(name, self.tofu_risk)?,
        }))
    }

    fn locales(&self, from: Locale, to: Locale) -> Result<Arc<dyn TextConverter>> {
        Ok(Arc::new(OpenCc::between(from, to, self.tofu_risk)?))
    }

    fn to(&self, _: Locale) -> Result<Option<Arc<dyn TextConverter>>> {
        Ok(None)
    }
}

impl TextConverter for OpenCc {
    fn stream(&self, _: usize) -> Box<dyn Stream> {
        Box::new(WholeText { converter: self.clone(), text: String::new() })
    }

    fn convert(&self, text: &str) -> Result<String> {
        Ok(self.convert(text)?)
    }

    fn explaining(&self) -> Option<&Converter> {
        None
    }
}

/// A text that is converted when all of it has come.
struct WholeText {
    converter: OpenCc,
    text: String,
}

impl Stream for WholeText {
    fn push(&mut self, text: &str, _: &mut String) {
        self.text.push_str(text);
    }

    fn finish(&mut self, out: &mut String) -> Result<()> {
        out.push_str(&self.converter.convert(&std::mem::take(&mut self.text))?);
        Ok(())
    }
}
