//! The context model: which of its readings a one-to-many character has, by what stands around it.
//!
//! 发 is 發 or 髮, 里 is 裡 or 里. Text is seen as [codes](code()), in which a character and all its
//! other forms are one: 发 發 髮 have one code, so that Simplified, Traditional and mixed text look
//! alike, and what a converter has read right it reads again in the same way.
//!
//! For each such class of characters a [`Model`] holds the readings and, for the n-grams of codes
//! around the place (`window`), how much each speaks for a reading: a log-linear classifier. Where
//! that leaves a doubt, a [lattice](Model::vote) of words gives its vote: the reading that the word
//! on the best path through the sentence has. Where the model has never seen a neighbour beside
//! another reading than the default, the default stands.
//!
//! The crate `trainer` of this workspace learns [`Parameters`] from text of one sentence per line;
//! [`Parameters::to_bytes`] lays them out as a model is used.

mod code;
mod error;
pub(crate) mod hash;
mod image;
mod lattice;
mod model;
mod parameters;
mod weights;
mod window;
mod words;

pub use code::{END, canonical, code};
pub use error::ModelError;
pub use model::{Decision, Model, Prior};
pub use parameters::{Class, Parameters, Side, Word};
pub use window::{REACH, TEMPLATES, UNKNOWN, Window};
