//! 簡繁 converts Chinese text: between Simplified and Traditional script, and between the
//! vocabularies of mainland China, Taiwan and Hong Kong.
//!
//! Between locales it reads: each one-to-many character in its [context], the words of a place,
//! and, with [`Converter::to`], off each sentence where it is from.
//!
//! ```
//! use jianfan::{Converter, Locale};
//!
//! let converter = Converter::between(Locale::ZhCn, Locale::ZhTw);
//! assert_eq!(converter.convert("头发干了，网络软件也坏了"), "頭髮乾了，網路軟體也壞了");
//!
//! let converter = Converter::to(Locale::ZhTw);
//! assert_eq!(converter.convert("这个软件很好。這個軟體很好。"), "這個軟體很好。這個軟體很好。");
//! ```
//!
//! With a config of OpenCC it gives exactly what OpenCC 1.4.2 does, but as a stream, and without its
//! faults:
//!
//! ```
//! let converter = jianfan::Converter::config("tw2sp").unwrap();
//! assert_eq!(converter.convert("網路軟體"), "网络软件");
//! ```
//!
//! A [`Converter`] is cheap to clone and serves many threads; converting can't fail and never
//! panics. Text that comes in pieces goes through a [`StreamConverter`], bytes of any encoding
//! through `jianfan::encoding` (feature `encoding`), and `jianfan::Findings` tells the encoding, the
//! script and the locale of an input. [`Converter::builder`] takes a
//! user's own tables ([`dictionary::text`]), [`house`] styles, context models ([`context::Model`])
//! and custom configs ([`conversion::Config`]); [`load`] reads all but the styles from files.
//!
//! The feature `cli`, on by default, builds the `jianfan` command; without default features the
//! library does no I/O but for [`load`].

pub mod context;
pub mod conversion;
pub mod dictionary;
#[cfg(feature = "encoding")]
pub mod encoding;
#[cfg(feature = "encoding")]
mod findings;
pub mod house;
#[cfg(feature = "encoding")]
pub mod io;
pub mod load;
pub mod locale;
#[cfg(feature = "opencc")]
pub mod opencc;
mod suggest;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

pub use conversion::{Converter, StreamConverter};
#[cfg(feature = "encoding")]
pub use findings::Findings;
pub use locale::Locale;

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
