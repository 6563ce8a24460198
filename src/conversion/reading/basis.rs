//! What the library reads tables of concepts with, as the build has it from OpenCC's characters.

use super::directions::Basis;
use super::place::Target;
use super::words::check;
use super::{
    FIELDS, HONGKONG_IN_WORDS, MAINLAND_IN_WORDS, OWN_WORDS, TAIWAN_IN_WORDS, TRADITIONAL_IN_WORDS,
    VAGUE_WORDS, evidence,
};
use crate::context::code;
use crate::context::hash::Hash;
use crate::conversion::Converter;

/// Does `work` with what tables that stand beside the built-in ones are read with.
pub(super) fn with_basis<T>(work: impl FnOnce(&Basis<'_>) -> T) -> T {
    let to_traditional = Converter::config("s2t").expect("it is built in");
    let in_form = |text: &str, target| text.chars().map(|one| in_word(one, target)).collect();
    work(&Basis {
        code: &code,
        in_script: &|text, target| match target {
            Target::Mainland => text.to_owned(),
            _ => in_form(&to_traditional.convert(text), target),
        },
        in_form: &in_form,
        fields: &|name| evidence::set_of(name, &FIELDS),
        is_own: &|place, codes| is_in(OWN_WORDS[place as usize], codes),
        is_vague: &|place, codes| is_in(VAGUE_WORDS[place as usize], codes),
    })
}

/// The form in which a target writes a character of a word of its own.
fn in_word(character: char, target: Target) -> char {
    let pairs: &[(char, char)] = match target {
        Target::Mainland => &MAINLAND_IN_WORDS,
        Target::Taiwan => &TAIWAN_IN_WORDS,
        Target::HongKong => &HONGKONG_IN_WORDS,
        Target::Traditional => &TRADITIONAL_IN_WORDS,
    };
    let found = pairs.binary_search_by_key(&character, |pair| pair.0);
    found.map_or(character, |found| pairs[found].1)
}

/// Whether a word is in a list of the build's.
fn is_in(checks: &[u8], codes: &[u16]) -> bool {
    let (checks, _) = checks.as_chunks::<4>();
    let wanted = check(Hash::of(codes));
    checks.binary_search_by_key(&wanted, |bytes| u32::from_le_bytes(*bytes)).is_ok()
}
