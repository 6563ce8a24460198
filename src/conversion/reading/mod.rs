//! The way of locales: text from anywhere, as it is written at a place.
//!
//! Unlike a config's, this pipeline reads: which [words](words) stand in a sentence, which reading
//! a one-to-many character has in its [context](crate::context), which form the place writes
//! ([`forms`]). Clean and mixed input go the same way, because everything is looked up by
//! [codes](crate::context::code()), which are the same for all forms of a character.
//!
//! A sentence is the unit: nothing beyond its ends plays a part, but for where the text is from if
//! the sentence itself doesn't tell. So the text may come in pieces, cut anywhere ([`stream`]).

mod basis;
mod block;
pub(crate) mod conditions;
pub(crate) mod directions;
mod evidence;
#[cfg(feature = "cli")]
pub(crate) mod export;
pub(crate) mod form;
mod forms;
mod layout;
pub(crate) mod place;
mod replace;
mod resolve;
mod run;
mod stream;
mod trace;
mod users;
pub(crate) mod words;

use std::sync::Arc;

use conditions::Conditions;
use forms::Forms;
use place::Target;
use users::UserWords;
use words::{Origin, Places, Sources, Word, WordTable};

pub(super) use stream::ReadingState;
pub(super) use trace::Reason;

use crate::context::Model;
use crate::dictionary::concepts::ConceptTable;
use crate::dictionary::{DictionaryError, Shared};
use crate::locale::Locale;

include!(concat!(env!("OUT_DIR"), "/reading.rs"));

/// Which regional words are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Vocabulary {
    /// Only those that are replaced in any sentence: 网络, which is 網路 in Taiwan, but not 文件,
    /// which is 檔案 there when a computer has it.
    Safe,
    /// Those, too, that depend on what stands around them.
    #[default]
    Full,
}

/// The step that reads text and writes it as a place does.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    forms: Forms,
    words: WordTable<'static>,
    /// Those of the user, which are asked before.
    user: Option<Arc<UserWords>>,
    /// Which regional words are replaced, if any are.
    vocabulary: Option<Vocabulary>,
    /// The place that the text goes to, among those that share a table.
    places: Places,
    /// Where its words are from, if that is known.
    words_from: Option<Sources>,
    /// Where the text is from, if that is known.
    from: Option<Sources>,
    /// Where Traditional text is from if nothing tells its place.
    home: Sources,
    model: Shared<Model>,
    target: Target,
}

impl Reading {
    /// The step from a place, or from anywhere, to another. Regional words are only changed
    /// between places that have their own.
    ///
    /// `None` if one of them is Japanese.
    pub fn new(
        from: Option<Locale>,
        to: Locale,
        vocabulary: Option<Vocabulary>,
        model: Shared<Model>,
    ) -> Option<Self> {
        let target = target(to)?;
        let (forms, (words, strings)) = match target {
            Target::Mainland => {
                (Forms::new(MAINLAND_FORMS, &MAINLAND_READINGS), (MAINLAND_WORDS, MAINLAND_STRINGS))
            }
            Target::Taiwan => {
                (Forms::new(TAIWAN_FORMS, &TAIWAN_READINGS), (TAIWAN_WORDS, TAIWAN_STRINGS))
            }
            Target::HongKong => {
                (Forms::new(HONGKONG_FORMS, &HONGKONG_READINGS), (HONGKONG_WORDS, HONGKONG_STRINGS))
            }
            Target::Traditional => (
                Forms::new(TRADITIONAL_FORMS, &TRADITIONAL_READINGS),
                (TRADITIONAL_WORDS, TRADITIONAL_STRINGS),
            ),
        };
        let sources = match from {
            None => None,
            Some(Locale::ZhCn | Locale::ZhSg | Locale::ZhMy | Locale::ZhHans) => {
                Some(Sources::MAINLAND)
            }
            Some(Locale::ZhTw) => Some(Sources::TAIWAN),
            Some(Locale::ZhHk | Locale::ZhMo) => Some(Sources::HONG_KONG),
            Some(Locale::ZhHant) => Some(Sources::TRADITIONAL),
            Some(Locale::Ja) => return None,
        };
        let is_script_alone = |locale| matches!(locale, Locale::ZhHans | Locale::ZhHant);
        let has_no_words = is_script_alone(to) || from.is_some_and(is_script_alone);
        Some(Self {
            forms,
            words: WordTable::new(words, strings, Origin::Builtin),
            user: None,
            vocabulary: vocabulary.filter(|_| !has_no_words),
            places: places(to),
            words_from: from.map(words_of),
            from: sources,
            home: match to {
                Locale::ZhHant => Sources::TRADITIONAL,
                _ => Sources::TAIWAN,
            },
            model,
            target,
        })
    }

    /// The step with the user's tables of concepts, if there are any; the last one comes first.
    ///
    /// # Errors
    ///
    /// [`DictionaryError`] for a condition that can't be read, and for tables that are too large.
    pub fn with_concepts(self, tables: &[ConceptTable]) -> Result<Self, DictionaryError> {
        if tables.is_empty() {
            return Ok(self);
        }
        let user = UserWords::new(tables, self.target)?;
        Ok(Self { user: Some(Arc::new(user)), ..self })
    }

    /// Whether one-to-many characters are read; on the way to Simplified script there are none.
    fn reads(&self) -> bool {
        self.target != Target::Mainland
    }

    /// The table that a word is in.
    #[inline]
    fn words_of(&self, word: &Word) -> WordTable<'_> {
        match &self.user {
            Some(user) if word.origin == Origin::User => user.table(),
            _ => self.words,
        }
    }

    /// What is written in a word's place; nothing if it only keeps others off.
    #[inline]
    fn value(&self, word: &Word) -> Option<&str> {
        match word.origin {
            Origin::Builtin => self.words.value(word),
            Origin::User => self.user_value(word),
        }
    }

    #[cold]
    fn user_value(&self, word: &Word) -> Option<&str> {
        self.words_of(word).value(word)
    }

    /// The conditions of the table that a word is in.
    fn conditions_of(&self, word: &Word) -> Conditions<'_> {
        match &self.user {
            Some(user) if word.origin == Origin::User => user.conditions(),
            _ => Conditions { starts: &CONDITION_STARTS, codes: &CONDITION_CODES },
        }
    }

    /// The field that a word tells of.
    fn field(&self, word: &Word) -> Option<u8> {
        match &self.user {
            Some(user) if word.origin == Origin::User => user.field(word.entry.field),
            _ => Some(word.entry.field),
        }
    }
}

/// The target of text that goes to a place; none if that is Japan.
fn target(to: Locale) -> Option<Target> {
    match to {
        Locale::ZhCn | Locale::ZhSg | Locale::ZhMy | Locale::ZhHans => Some(Target::Mainland),
        Locale::ZhTw => Some(Target::Taiwan),
        Locale::ZhHk | Locale::ZhMo => Some(Target::HongKong),
        Locale::ZhHant => Some(Target::Traditional),
        Locale::Ja => None,
    }
}

/// The place among those that share a table.
fn places(to: Locale) -> Places {
    match to {
        Locale::ZhSg | Locale::ZhMo => Places::SECOND,
        Locale::ZhMy => Places::THIRD,
        _ => Places::FIRST,
    }
}

/// Where the words of text from a place are from.
fn words_of(from: Locale) -> Sources {
    match from {
        Locale::ZhCn | Locale::ZhHans | Locale::Ja => Sources::MAINLAND,
        Locale::ZhSg => Sources::SINGAPORE,
        Locale::ZhMy => Sources::MALAYSIA,
        Locale::ZhTw => Sources::TAIWAN,
        Locale::ZhHk => Sources::HONG_KONG,
        Locale::ZhMo => Sources::MACAU,
        Locale::ZhHant => Sources::TRADITIONAL,
    }
}
