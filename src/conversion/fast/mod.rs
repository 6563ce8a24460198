//! The fast path: all steps of a config in one pass over the text.
//!
//! [`compose`] works out, once for each config, what each character becomes at which no key
//! begins, and lists the keys that make a difference, with their results through all steps.
//! [`image`] lays that out as bytes. The [`Scanner`](scan::Scanner) walks the text with them and
//! gives up at every place where the answer is not certain; there the steps themselves are asked,
//! until all of them have decided everything again. So the scanner need not know everything: it
//! has to be right about what it decides.

pub(crate) mod compose;
pub(crate) mod image;
pub(in crate::conversion) mod raw;
pub(crate) mod scan;

use crate::conversion::config::Config;
use crate::dictionary::{DictionaryError, Shared};
use scan::Scanner;

/// The composed steps of a config, ready to scan with. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Image(Shared<[u8]>);

/// Composing a config of more entries takes longer than opening it otherwise does.
const MOST_ENTRIES: usize = 5000;

impl Image {
    /// The image that was built for a built-in config.
    pub fn builtin(bytes: &'static [u8]) -> Self {
        Self(Shared::Static(bytes))
    }

    /// Composes the steps of `config`, if it is of a form that can be, and small.
    pub fn compose(config: &Config) -> Result<Option<Self>, DictionaryError> {
        let Config { normalization, segmentation, conversion_chain, .. } = config;
        let groups = normalization.iter().chain(segmentation).chain(conversion_chain);
        let entries: usize = groups
            .flat_map(|group| group.dictionaries())
            .map(|dictionary| dictionary.entries().len())
            .sum();
        if entries > MOST_ENTRIES {
            return Ok(None);
        }
        let composed = compose::compose(normalization, segmentation.as_ref(), conversion_chain)?;
        let image = composed.and_then(|composed| image::build(&composed));
        Ok(image.map(|bytes| Self(Shared::Counted(bytes.into()))))
    }

    /// A scanner.
    pub fn scanner(&self) -> Scanner<'_> {
        Scanner::new(&self.0)
    }
}
