//! What converts: jianfan itself, or OpenCC where it was built in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow};

use super::args::{self, ConversionArgs, VocabularyArg};
use super::parallel::Parallel;
use super::values::{InputLocale, TableSource};
use crate::context::Model;
use crate::conversion::{ConfigError, ConverterBuilder, StreamConverter, TofuRisk, Vocabulary};
use crate::load::UserTable;
use crate::{Converter, Locale, load};

/// Sets up converters.
pub trait Engine: Send + Sync {
    /// The converter of a config: a file's if there is one, else the built-in one of that name.
    fn config(&self, name: &str, file: Option<&Path>) -> Result<Arc<dyn TextConverter>>;

    /// The converter from one locale to another.
    fn locales(&self, from: Locale, to: Locale) -> Result<Arc<dyn TextConverter>>;

    /// The converter to a locale from wherever a text is from, if there is one that reads that off
    /// the text as it goes.
    fn to(&self, to: Locale) -> Result<Option<Arc<dyn TextConverter>>>;

    /// The same with those words alone that are replaced anywhere, if they are known.
    fn safe(&self) -> Option<Box<dyn Engine>> {
        None
    }
}

/// Converts texts.
pub trait TextConverter: Send + Sync {
    /// A stream for one text, which is converted in so many threads if it can be.
    fn stream(&self, threads: usize) -> Box<dyn Stream>;

    /// Converts a whole text.
    fn convert(&self, text: &str) -> Result<String>;

    /// The converter that can explain what it does, if this is one.
    fn explaining(&self) -> Option<&Converter>;
}

/// Converts one text that comes in pieces.
pub trait Stream: Send {
    /// Takes the next piece of the text and appends to `out` what is certain by now.
    fn push(&mut self, text: &str, out: &mut String);

    /// Ends the text: appends what was held back.
    fn finish(&mut self, out: &mut String) -> Result<()>;
}

/// The engine that the arguments ask for, with their tables read.
pub fn engine(args: &ConversionArgs) -> Result<Box<dyn Engine>> {
    match args.engine {
        args::Engine::Native => Ok(Box::new(Native::of(args)?)),
        #[cfg(feature = "opencc")]
        args::Engine::Opencc => Ok(Box::new(super::opencc::Engine::of(args)?)),
        #[cfg(not(feature = "opencc"))]
        args::Engine::Opencc => anyhow::bail!(
            "--engine opencc: this jianfan was built without OpenCC; \
             build it with `cargo install jianfan --features opencc`, or leave the option out"
        ),
    }
}

/// Whether the arguments want dictionaries whose output many fonts can't show.
pub fn tofu_risk(args: &ConversionArgs) -> TofuRisk {
    if args.include_tofu_risk_dictionaries { TofuRisk::Include } else { TofuRisk::Exclude }
}

/// jianfan itself.
struct Native {
    builder: ConverterBuilder,
    tofu_risk: TofuRisk,
    folders: Vec<PathBuf>,
}

impl Native {
    fn of(args: &ConversionArgs) -> Result<Self> {
        let tofu_risk = tofu_risk(args);
        let vocabulary = match args.vocabulary {
            VocabularyArg::Safe => Vocabulary::Safe,
            VocabularyArg::Full => Vocabulary::Full,
        };
        let builder = Converter::builder().tofu_risk(tofu_risk).script_only(args.script_only);
        let mut builder = builder.vocabulary(vocabulary);
        if let Some(path) = &args.model {
            builder = builder.model(model(path)?);
        }
        for table in &args.table {
            builder = match table {
                TableSource::File(path) => with_table(builder, path, args)?,
                TableSource::House(table) => builder.output_table(table.dictionary()),
            };
        }
        Ok(Self { builder, tofu_risk, folders: args.path.clone() })
    }
}

/// The builder with the table at `path`. To Japanese from wherever, nothing is built before a text has
/// told where it is from, so that a table that can't take part is refused here.
fn with_table(
    builder: ConverterBuilder,
    path: &Path,
    args: &ConversionArgs,
) -> Result<ConverterBuilder> {
    let is_japanese = args.to == Some(Locale::Ja) || args.from == InputLocale::Named(Locale::Ja);
    match load::user_table(path)? {
        UserTable::Phrases(table) => Ok(builder.table(table)),
        UserTable::Concepts(table) if is_japanese => {
            Err(ConfigError::Concepts { file: table.name().to_owned() }.into())
        }
        UserTable::Concepts(table) => Ok(builder.concepts(table)),
    }
}

/// Reads the context model that the arguments name.
fn model(path: &Path) -> Result<Model> {
    load::model(path).map_err(|error| match error {
        ConfigError::Io { .. } => {
            anyhow!("--model: {error}; name a file that the trainer wrote, or leave the option out")
        }
        error => anyhow!("--model: {error}"),
    })
}

impl Engine for Native {
    fn config(&self, name: &str, file: Option<&Path>) -> Result<Arc<dyn TextConverter>> {
        let builder = self.builder.clone();
        let builder = match file {
            Some(path) => {
                builder.custom_config(name, load::config(path, self.tofu_risk, &self.folders)?)
            }
            None => builder.config(name)?,
        };
        Ok(Arc::new(builder.build()?))
    }

    fn locales(&self, from: Locale, to: Locale) -> Result<Arc<dyn TextConverter>> {
        Ok(Arc::new(self.builder.clone().locales(from, to).build()?))
    }

    fn to(&self, to: Locale) -> Result<Option<Arc<dyn TextConverter>>> {
        if to == Locale::Ja {
            return Ok(None);
        }
        Ok(Some(Arc::new(self.builder.clone().to(to).build()?)))
    }

    fn safe(&self) -> Option<Box<dyn Engine>> {
        let Self { builder, tofu_risk, folders } = self;
        let builder = builder.clone().vocabulary(Vocabulary::Safe);
        Some(Box::new(Self { builder, tofu_risk: *tofu_risk, folders: folders.clone() }))
    }
}

impl TextConverter for Converter {
    fn stream(&self, threads: usize) -> Box<dyn Stream> {
        match threads {
            0 | 1 => Box::new(self.stream()),
            threads => Box::new(Parallel::new(self, threads)),
        }
    }

    fn convert(&self, text: &str) -> Result<String> {
        Ok(self.convert(text).into_owned())
    }

    fn explaining(&self) -> Option<&Converter> {
        Some(self)
    }
}

impl Stream for StreamConverter {
    fn push(&mut self, text: &str, out: &mut String) {
        self.push(text, out);
    }

    fn finish(&mut self, out: &mut String) -> Result<()> {
        self.finish(out);
        Ok(())
    }
}
