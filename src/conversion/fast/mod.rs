//! The fast path: all steps of a config in one pass over the text.
//!
//! [`compose`] works out, once for each config, what each character becomes at which no key
//! begins, and lists the keys that make a difference, with their results through all steps.
//! [`anchors`] finds the characters by which these are noticed, and [`image`] lays all of it out as
//! bytes. A [`walk`] goes over the text with them, by what the [`Scanner`](scan::Scanner) says of
//! each place, and gives up where the answer is not certain; there the steps themselves are asked,
//! until all of them have decided everything again. So the scanner need not know everything: it
//! has to be right about what it decides. What a user's tables add is only where to stop (`overlay`).

mod anchors;
pub(crate) mod compose;
mod hash;
pub(crate) mod image;
mod overlay;
pub(in crate::conversion) mod raw;
pub(crate) mod scan;
mod sink;
mod utf8;
mod walk;

use crate::conversion::config::Config;
use crate::conversion::user::UserTable;
use crate::dictionary::{DictionaryError, Shared, Table};
use scan::Scanner;

/// The composed steps of a config, ready to scan with. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    bytes: Shared<[u8]>,
    /// The keys of the segmentation, or of the only stage.
    table: Table,
    /// What is asked before that.
    user: Option<Table>,
}

/// Composing a config of more entries takes longer than opening it otherwise does.
const MOST_ENTRIES: usize = 5000;

impl Image {
    /// The image that was built for a built-in config.
    pub fn builtin(bytes: &'static [u8], table: Table) -> Self {
        Self { bytes: Shared::Static(bytes), table, user: None }
    }

    /// Composes the steps of `config`, if it is of a form that can be, and small. `table` is that of
    /// its segmentation, or of its only stage.
    pub fn compose(config: &Config, table: &Table) -> Result<Option<Self>, DictionaryError> {
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
        let bytes = image.map(|bytes| Shared::Counted(bytes.into()));
        Ok(bytes.map(|bytes| Self { bytes, table: table.clone(), user: None }))
    }

    /// The image for a table of the user's that no other is behind: whatever it has, the steps are
    /// asked about.
    pub fn of_user(user: &UserTable) -> Option<Self> {
        let bytes = image::build(&compose::nothing())?;
        let nothing =
            Self { bytes: Shared::Counted(bytes.into()), table: user.table.clone(), user: None };
        nothing.with_user(user)
    }

    /// The image for a user's table that is asked before all others, if its keys are such that a scan
    /// can find them.
    pub fn with_user(&self, user: &UserTable) -> Option<Self> {
        let bytes = overlay::with_keys(&self.bytes, &user.keys())?;
        let bytes = Shared::Counted(bytes.into());
        Some(Self { bytes, table: self.table.clone(), user: Some(user.table.clone()) })
    }

    /// A scanner.
    pub fn scanner(&self) -> Scanner<'_> {
        Scanner::new(&self.bytes, &self.table, self.user.as_ref())
    }
}
