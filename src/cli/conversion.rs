//! Which converter: a config's, or that of two locales, the input's perhaps read off the text.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, bail};

use super::args::{ConversionArgs, VocabularyArg};
use super::engine::{Engine, Stream, TextConverter, engine};
use super::values::InputLocale;
use crate::Converter;
use crate::locale::Evidence;
use crate::locale::Locale::{self, Ja};

/// How much text is looked at to tell its locale, in bytes of UTF-8.
const WINDOW: usize = 64 * 1024;

/// So many telling characters are enough to tell it sooner.
const ENOUGH: usize = 300;

/// The conversion that was asked for.
pub enum Conversion {
    /// The same for every input.
    Fixed(Arc<dyn TextConverter>, Source),
    /// From the locale that each input turns out to be in.
    Detected(Detected),
}

/// What is known of the locale of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It, or a config, was named.
    Given,
    /// It is read off each sentence.
    Sentences,
    /// It was read off the text.
    Told(Locale),
    /// The text does not tell.
    Unknown,
}

/// Conversions to one locale.
pub struct Detected {
    to: Locale,
    engine: Box<dyn Engine>,
    made: Mutex<Vec<(Locale, Arc<dyn TextConverter>)>>,
}

impl Conversion {
    /// The conversion that the arguments ask for, with all its tables read.
    pub fn resolve(args: &ConversionArgs) -> Result<Self> {
        check(args)?;
        Self::by(engine(args)?, args)
    }

    /// The conversion that the arguments ask for; and the same with those words alone that are replaced
    /// anywhere, unless these are all.
    pub fn resolve_with_safe(args: &ConversionArgs) -> Result<(Self, Option<Self>)> {
        check(args)?;
        let engine = engine(args)?;
        let is_safe = args.script_only || args.vocabulary == VocabularyArg::Safe;
        let safe = if is_safe { None } else { engine.safe() };
        let safe = safe.map(|engine| Self::by(engine, args)).transpose()?;
        Ok((Self::by(engine, args)?, safe))
    }

    fn by(engine: Box<dyn Engine>, args: &ConversionArgs) -> Result<Self> {
        match (&args.config, args.from, args.to) {
            (Some(name), _, _) => {
                let file = config_file(name, &args.path);
                if let Some(folder) = file.as_ref().filter(|path| path.is_dir()) {
                    bail!("{}: is a directory; name a .json file", folder.display());
                }
                Ok(Self::Fixed(engine.config(name, file.as_deref())?, Source::Given))
            }
            (None, InputLocale::Named(from), Some(to)) => {
                Ok(Self::Fixed(engine.locales(from, to)?, Source::Given))
            }
            (None, InputLocale::Auto, Some(to)) => {
                if let Some(converter) = engine.to(to)? {
                    return Ok(Self::Fixed(converter, Source::Sentences));
                }
                Ok(Self::Detected(Detected { to, engine, made: Mutex::default() }))
            }
            (None, _, None) => bail!(
                "say what to convert to: -t with a locale such as zh-TW or zh-CN, \
                 or -c with an OpenCC config such as s2twp"
            ),
        }
    }

    /// A stream for one text, which is converted in so many threads if it can be: not where its
    /// locale has to be told first.
    pub fn stream(&self, threads: usize) -> TextStream<'_> {
        match self {
            Self::Fixed(converter, source) => {
                TextStream::Running(converter.stream(threads), *source)
            }
            Self::Detected(detected) => TextStream::Detecting(detected, Window::default()),
        }
    }

    /// The converter for a whole text, and what is known of its locale.
    pub fn converter(&self, text: &str) -> Result<(Arc<dyn TextConverter>, Source)> {
        match self {
            Self::Fixed(converter, source) => Ok((converter.clone(), *source)),
            Self::Detected(detected) => {
                let mut window = Window::default();
                window.push(text);
                detected.converter(&window)
            }
        }
    }
}

/// Refuses what can't be, before anything is read.
fn check(args: &ConversionArgs) -> Result<()> {
    if let Some(folder) = args.path.iter().find(|folder| !folder.is_dir()) {
        bail!("--path: {}: is no directory; name one that exists", folder.display());
    }
    if args.model.is_some() && (args.to == Some(Ja) || args.from == InputLocale::Named(Ja)) {
        bail!("--model: Japanese is not read in context; leave the option out");
    }
    Ok(())
}

/// The file that `name` means, if it does not mean a built-in config.
///
/// OpenCC takes every name for a file's, and finds its own configs last. So do we, but for the
/// bare names (`s2t`), which no file of that name can shadow.
fn config_file(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let path = Path::new(name);
    let is_folder = name.ends_with(std::path::is_separator);
    if path.components().count() > 1 || path.has_root() || is_folder {
        return Some(path.to_owned());
    }
    if Converter::configs().any(|(builtin, _)| builtin == name) {
        return None;
    }
    let beside = folders.iter().map(|folder| folder.join(path));
    std::iter::once(path.to_owned()).chain(beside).find(|path| path.is_file())
}

impl Detected {
    /// The converter for a text that begins with `window`; if nothing tells the locale, the text
    /// counts as being in the target's already.
    fn converter(&self, window: &Window) -> Result<(Arc<dyn TextConverter>, Source)> {
        match window.evidence.locale() {
            Some(from) => Ok((self.converter_from(from)?, Source::Told(from))),
            None => Ok((self.converter_from(self.to)?, Source::Unknown)),
        }
    }

    fn converter_from(&self, from: Locale) -> Result<Arc<dyn TextConverter>> {
        // The list is whole at all times, whatever became of another thread.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, converter)) = made.iter().find(|(locale, _)| *locale == from) {
            return Ok(converter.clone());
        }
        let converter = self.engine.locales(from, self.to)?;
        made.push((from, converter.clone()));
        Ok(converter)
    }
}

/// Converts one text that comes in pieces.
pub enum TextStream<'a> {
    /// The locale is still open.
    Detecting(&'a Detected, Window),
    /// It is known, as far as it can be.
    Running(Box<dyn Stream>, Source),
}

impl TextStream<'_> {
    /// Converts the next piece of the text and appends to `out` what is certain by now.
    pub fn push(&mut self, text: &str, out: &mut String) -> Result<()> {
        match self {
            Self::Running(stream, _) => stream.push(text, out),
            Self::Detecting(_, window) => {
                window.push(text);
                if window.is_decided() {
                    self.begin(out)?;
                }
            }
        }
        Ok(())
    }

    /// Ends the text: appends what was held back.
    pub fn finish(&mut self, out: &mut String) -> Result<()> {
        self.begin(out)?;
        if let Self::Running(stream, _) = self {
            stream.finish(out)?;
        }
        Ok(())
    }

    /// What is known of the locale so far.
    pub fn source(&self) -> Source {
        match self {
            Self::Running(_, source) => *source,
            Self::Detecting(..) => Source::Unknown,
        }
    }

    /// Decides by what the window holds, and converts that.
    fn begin(&mut self, out: &mut String) -> Result<()> {
        if let Self::Detecting(detected, window) = self {
            let (converter, source) = detected.converter(window)?;
            let mut stream = converter.stream(1);
            stream.push(&window.held, out);
            *self = Self::Running(stream, source);
        }
        Ok(())
    }
}

/// The beginning of a text, by which its locale is told. Which characters are looked at does not
/// depend on how the text was cut.
#[derive(Default)]
pub struct Window {
    held: String,
    looked_at: usize,
    evidence: Evidence,
}

impl Window {
    fn push(&mut self, text: &str) {
        self.held.push_str(text);
        while !self.is_decided()
            && let Some(character) = self.held[self.looked_at..].chars().next()
        {
            let end = self.looked_at + character.len_utf8();
            self.evidence.add(&self.held[self.looked_at..end]);
            self.looked_at = end;
        }
    }

    fn is_decided(&self) -> bool {
        self.looked_at >= WINDOW || self.evidence.telling() >= ENOUGH
    }
}
