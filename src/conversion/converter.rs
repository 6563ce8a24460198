use std::borrow::Cow;
use std::sync::Arc;

use super::builder::ConverterBuilder;
use super::builtin::Builtin;
use super::error::ConfigError;
use super::pipeline::{ComposedSteps, Pipeline, Step};
use super::stream::StreamConverter;
use super::trace::{Trace, trace};
use crate::locale::Locale;

/// Text is fed to steps alone in pieces of about this many bytes, which stay in the cache.
const PIECE: usize = 32 * 1024;

/// Converts text. Cheap to clone, and free to be used from many threads at once.
///
/// ```
/// use jianfan::{Converter, Locale};
///
/// let converter = Converter::config("s2twp").unwrap();
/// assert_eq!(converter.convert("鼠标里面的硅二极管坏了"), "滑鼠裡面的矽二極體壞了");
///
/// let converter = Converter::between(Locale::ZhTw, Locale::ZhCn);
/// assert_eq!(converter.convert("滑鼠"), "鼠标");
/// ```
#[derive(Debug, Clone)]
pub struct Converter {
    pipeline: Arc<Pipeline>,
}

impl Converter {
    /// The converter of a built-in OpenCC config, named with or without `.json`.
    ///
    /// # Errors
    ///
    /// [`ConfigError::UnknownConfig`] with the names closest to the one asked for.
    pub fn config(name: &str) -> Result<Self, ConfigError> {
        Self::builder().config(name)?.build()
    }

    /// The converter from one locale to another.
    ///
    /// It reads the text: which reading a one-to-many character has in its context, which words
    /// of `from` the other place has words of its own for. `ZhHans` and `ZhHant` are no place's:
    /// to and from them words stay. To and from `Ja` it goes through the OpenCC configs that fit,
    /// one or two of them.
    ///
    /// ```
    /// use jianfan::{Converter, Locale};
    ///
    /// let converter = Converter::between(Locale::ZhHk, Locale::ZhTw);
    /// assert_eq!(converter.convert("説着裏面的軟件"), "說著裡面的軟體");
    /// ```
    pub fn between(from: Locale, to: Locale) -> Self {
        let builder = Self::builder().locales(from, to);
        builder.build().expect("a builder without tables always builds")
    }

    /// The converter to a locale from wherever a text is from: that is read off each sentence, or
    /// else off those before it, so that the text may be mixed.
    ///
    /// Text from Japan is not told from others. To `Ja`, text counts as Simplified.
    ///
    /// ```
    /// use jianfan::{Converter, Locale};
    ///
    /// let converter = Converter::to(Locale::ZhCn);
    /// assert_eq!(converter.convert("軟體很好。软件很好。"), "软件很好。软件很好。");
    /// ```
    pub fn to(to: Locale) -> Self {
        let builder = Self::builder().to(to);
        builder.build().expect("a builder without tables always builds")
    }

    /// A builder, for user tables, house styles, models, custom configs and the tofu switch.
    pub fn builder() -> ConverterBuilder {
        ConverterBuilder::default()
    }

    /// The names of the built-in configs with OpenCC's title for each, sorted by name.
    ///
    /// ```
    /// let names: Vec<_> = jianfan::Converter::configs().map(|(name, _)| name).collect();
    /// assert_eq!(names.len(), 16);
    /// assert!(names.contains(&"s2twp"));
    /// ```
    pub fn configs() -> impl Iterator<Item = (&'static str, &'static str)> {
        Builtin::all().iter().map(|config| (config.name, config.title))
    }

    pub(super) fn new(pipeline: Pipeline) -> Self {
        Self { pipeline: Arc::new(pipeline) }
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.pipeline.steps
    }

    pub(super) fn composed(&self) -> Option<&ComposedSteps> {
        self.pipeline.composed.as_ref()
    }

    /// Converts a whole text; borrows it if nothing changes.
    ///
    /// ```
    /// use std::borrow::Cow;
    ///
    /// let converter = jianfan::Converter::config("t2s").unwrap();
    /// assert_eq!(converter.convert("漢字"), "汉字");
    /// assert!(matches!(converter.convert("汉字"), Cow::Borrowed(_)));
    /// ```
    pub fn convert<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let all = self.composed().filter(|composed| composed.count == self.steps().len());
        let same = all.map_or(0, |composed| composed.image.scanner().skim(text, true));
        let (same, rest) = text.split_at(same);
        if rest.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len() + text.len() / 8 + 16);
        out.push_str(same);
        self.convert_into(rest, &mut out);
        if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
    }

    /// Converts a whole text and appends the result to `out`.
    ///
    /// ```
    /// let converter = jianfan::Converter::config("s2t").unwrap();
    /// let mut out = String::from("譯文：");
    /// converter.convert_into("头发", &mut out);
    /// assert_eq!(out, "譯文：頭髮");
    /// ```
    pub fn convert_into(&self, text: &str, out: &mut String) {
        let mut stream = self.stream();
        if self.composed().is_some() {
            return stream.push_last(text, out);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
            stream.push(piece, out);
            rest = after;
        }
        stream.finish(out);
    }

    /// A stream that converts one text in pieces.
    pub fn stream(&self) -> StreamConverter {
        StreamConverter::new(self.clone())
    }

    /// Converts a whole text and tells which entry made each change.
    ///
    /// ```
    /// let converter = jianfan::Converter::config("s2t").unwrap();
    /// let trace = converter.trace("他的头发");
    /// assert_eq!(trace.output(), "他的頭髮");
    /// let change = trace.changes().next().unwrap();
    /// assert_eq!((change.source.text, change.output.text), ("头发", "頭髮"));
    /// assert_eq!(change.dictionary, "STPhrases.txt");
    /// assert_eq!(change.source.characters, 2..4);
    /// ```
    pub fn trace<'a>(&'a self, text: &'a str) -> Trace<'a> {
        trace(self.steps(), text)
    }
}
