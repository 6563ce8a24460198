//! 簡繁 converts Chinese text: between Simplified and Traditional script, and between the
//! vocabularies of mainland China, Taiwan and Hong Kong. Exactly as OpenCC 1.4.2 does, but as a
//! stream, and without its faults.
//!
//! ```
//! use jianfan::{Converter, Locale};
//!
//! let converter = Converter::between(Locale::ZhCn, Locale::ZhTw);
//! assert_eq!(converter.convert("网络软件"), "網路軟體");
//!
//! let converter = Converter::config("tw2sp").unwrap();
//! assert_eq!(converter.convert("網路軟體"), "网络软件");
//! ```
//!
//! A [`Converter`] is cheap to clone and serves many threads; converting can't fail and never
//! panics. Text that comes in pieces goes through a [`StreamConverter`], bytes of any encoding
//! through `jianfan::encoding` (feature `encoding`). [`Converter::builder`] takes a
//! user's own tables ([`dictionary::text`]) and custom configs ([`conversion::Config`]), which
//! [`load`] reads from files.
//!
//! The feature `cli`, on by default, builds the `jianfan` command; without default features the
//! library does no I/O but for [`load`].

pub mod context;
pub mod conversion;
pub mod dictionary;
#[cfg(feature = "encoding")]
pub mod encoding;
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
pub use locale::Locale;

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
