//! What the detector knows of characters: how often each script has them, and what stands next to
//! what.
//!
//! [`Statistics`] gives the cost of a text in a [`Script`], in sixteenths of a nat: the negative
//! logarithm of its probability, by its characters one by one (a unigram model within classes, and
//! a bigram model of the [`Class`]es). Bytes that several encodings can read are most likely in the
//! one in which they cost least.
//!
//! [`Counts`] learns them from text; the trainer of this workspace writes the table that is built
//! in, 46 KB, from texts that anybody can give it.

mod class;
mod cost;
mod counts;
mod hangul;
mod layout;
mod script;
mod table;

pub use class::Class;
pub use cost::Costs;
pub use counts::Counts;
pub use script::Script;
pub use table::{Statistics, StatisticsError};

/// How many units of a cost are one nat.
pub const NAT: u32 = 16;
