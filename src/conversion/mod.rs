//! Conversion of text: configs, the steps they are made of, and the stream that runs them.
//!
//! A [`Config`] or a pair of locales becomes a pipeline of steps (normalization, segmentation,
//! conversion chain), which a [`Converter`] holds. Text flows through the steps in pieces of any
//! size; a whole text is a stream of one.

mod builder;
mod builtin;
mod config;
mod converter;
mod error;
mod fast;
mod flow;
mod ids;
mod layer;
mod lookup;
mod pipeline;
pub(crate) mod reading;
pub(crate) mod route;
mod stream;
mod trace;
mod user;

pub use builder::ConverterBuilder;
#[cfg(any(feature = "cli", feature = "opencc"))]
pub(crate) use builtin::builtin_files;
pub(crate) use builtin::builtin_text_table;
pub use config::{Config, DictionaryFormat, Loader, TofuRisk};
pub use converter::Converter;
pub use error::ConfigError;
pub use pipeline::{Stage, StageKind};
pub use reading::Vocabulary;
pub use stream::StreamConverter;
pub use trace::{Change, Span, Trace};
