//! What becomes of each character on the way to a place: `src/conversion/reading/forms.rs` reads
//! what is written here.

use std::collections::{BTreeMap, BTreeSet};

use crate::characters::{AMBIGUOUS_FORMS, Characters, first};
use crate::codes;
use crate::conversion::reading::form::Form;
pub(crate) use crate::conversion::reading::place::Target;

/// All of them, in the order of their numbers.
pub const TARGETS: [Target; 4] =
    [Target::Mainland, Target::Taiwan, Target::HongKong, Target::Traditional];

/// Characters that Simplified text has beside the ones that they mostly are in Traditional text,
/// by 《通用规范汉字表》 (2013).
const KEPT_IN_SIMPLIFIED: &str = "乾著瞭藉徵夥於昇陞甯麽吒扞脩薹";

/// The characters that tell where a text is from.
pub struct Telling {
    simplified: BTreeSet<char>,
    traditional: BTreeSet<char>,
    taiwan: BTreeSet<char>,
    hong_kong: BTreeSet<char>,
}

impl Telling {
    /// Those of the lists of what only Simplified text has, only Traditional text, only Taiwan, only
    /// Hong Kong, by OpenCC's tables, but for what another one writes, too: 税 is not Simplified
    /// alone, but Hong Kong's, and the press of Taiwan has 台.
    pub fn new(characters: &Characters, lists: [&[char]; 4]) -> Self {
        let written = |target: Target| -> BTreeSet<char> {
            let forms = characters.all().into_iter().map(|one| target.default(characters, one));
            forms.chain(AMBIGUOUS_FORMS.chars()).collect()
        };
        let (taiwan, hong_kong) = (written(Target::Taiwan), written(Target::HongKong));
        let [simplified, traditional, of_taiwan, of_hong_kong] =
            lists.map(|list| list.iter().copied().collect::<BTreeSet<char>>());
        Self {
            simplified: &(&simplified - &taiwan) - &hong_kong,
            traditional,
            taiwan: &of_taiwan - &hong_kong,
            hong_kong: &of_hong_kong - &taiwan,
        }
    }
}

impl Target {
    /// The form that the place writes of a Traditional character.
    pub fn form(self, characters: &Characters, character: char) -> char {
        let then = |form, table| first(table, form);
        match self {
            Self::Mainland => {
                let own = first(&characters.mainland_orthography, character);
                characters.to_simplified(own)
            }
            Self::Taiwan => then(characters.to_taiwan(character), &characters.taiwan_orthography),
            Self::HongKong => {
                then(characters.to_hong_kong(character), &characters.hong_kong_orthography)
            }
            Self::Traditional => characters.to_traditional(character),
        }
    }

    /// The form that the place writes of a character in a word of its own.
    pub fn in_word(self, characters: &Characters, character: char) -> char {
        match self {
            Self::Mainland => character,
            Self::HongKong => self.form(characters, characters.to_traditional(character)),
            Self::Taiwan | Self::Traditional => self.form(characters, character),
        }
    }

    /// What becomes of any character, if nothing is known of its context.
    fn default(self, characters: &Characters, character: char) -> char {
        match self {
            Self::Mainland => self.form(characters, character),
            _ => self.form(characters, characters.simplified_to_traditional(character)),
        }
    }

    /// Whether Simplified text has the character, too, when the place does.
    fn keeps(self, character: char) -> bool {
        match self {
            Self::Mainland => KEPT_IN_SIMPLIFIED.contains(character),
            Self::Taiwan => false,
            Self::HongKong | Self::Traditional => character == '著',
        }
    }
}

/// The table of a target: for each 256 characters of the BMP the number of their page, a byte
/// each; the pages, a [`Form`] for each character; then for each character beyond the BMP its number
/// and its form, twelve bytes.
///
/// The forms of page zero are zero: its characters stay as they are and tell nothing. `words` are
/// the keys of the target's word table that are one character.
pub fn table(
    characters: &Characters,
    telling: &Telling,
    target: Target,
    words: &BTreeSet<u16>,
) -> Vec<u8> {
    let several = characters.simplified.iter().filter(|(_, candidates)| candidates.len() > 1);
    let codes = several.map(|(&one, _)| codes::code(characters, one));
    // Codes of the private use area may be those of anything beyond the BMP.
    let ambiguous = codes.filter(|code| !(0xe000..0xf900).contains(code)).collect();
    let mut pages: BTreeMap<u32, (Vec<u8>, bool)> = BTreeMap::new();
    let mut beyond = Vec::new();
    let mut add = |character: char| {
        let code = codes::code(characters, character);
        let flag = |set: &BTreeSet<u16>, flag| if set.contains(&code) { flag } else { 0 };
        let flags = flags(telling, target, character)
            | flag(words, Form::WORD)
            | flag(&ambiguous, Form::AMBIGUOUS)
            | if code == codes::END { Form::END } else { 0 };
        let number = u32::from(character);
        let form = Form::new(target.default(characters, character), code, flags);
        let is_same = form == Form::new(character, number as u16, 0);
        let bytes = form.0.to_le_bytes();
        if number > 0xffff {
            beyond.extend(number.to_le_bytes());
            beyond.extend(bytes);
        } else {
            let (page, is_plain) = pages.entry(number >> 8).or_insert((vec![0; 256 * 8], true));
            let at = (number as usize & 0xff) * 8;
            page[at..at + 8].copy_from_slice(&bytes);
            *is_plain &= is_same;
        }
    };
    (0..=0xffff).filter_map(char::from_u32).for_each(&mut add);
    characters.all().into_iter().filter(|one| *one > '\u{ffff}').for_each(&mut add);
    let mut directory = vec![0_u8; 256];
    let mut bytes = vec![0; 256 * 8];
    let telling = pages.into_iter().filter(|(_, (_, is_plain))| !is_plain);
    for (index, (page, (entries, _))) in (1..).zip(telling) {
        directory[page as usize] = index;
        bytes.extend(entries);
    }
    let pages = (bytes.len() / (256 * 8)) as u32;
    [&pages.to_le_bytes()[..], &directory, &bytes, &beyond].concat()
}

fn flags(telling: &Telling, target: Target, character: char) -> u64 {
    let flag = |set: &BTreeSet<char>, flag| if set.contains(&character) { flag } else { 0 };
    flag(&telling.simplified, Form::SIMPLIFIED)
        | flag(&telling.traditional, Form::TRADITIONAL)
        | flag(&telling.taiwan, Form::TAIWAN)
        | flag(&telling.hong_kong, Form::HONG_KONG)
        | if target.keeps(character) { Form::KEPT } else { 0 }
}

/// The readings that the place writes in another form than the model names them by, with that.
pub fn readings(characters: &Characters, target: Target) -> Vec<(char, char)> {
    let mut forms: BTreeMap<char, char> = BTreeMap::new();
    let candidates = characters.simplified.values().flatten();
    let mut same = Vec::new();
    for &candidate in candidates {
        let reading = codes::canonical(characters, candidate);
        let form = target.form(characters, candidate);
        if form == reading {
            same.push(reading);
        } else {
            forms.entry(reading).or_insert(form);
        }
    }
    forms.retain(|reading, _| !same.contains(reading));
    for reading in ['著', '台'] {
        let form = target.form(characters, if reading == '台' { '臺' } else { reading });
        if form != reading {
            forms.insert(reading, form);
        }
    }
    forms.into_iter().collect()
}

/// The characters that a place writes in another form where they stand in a word of its own, with
/// that: 羣 for 群 in Hong Kong.
pub fn in_words(characters: &Characters, target: Target) -> Vec<(char, char)> {
    let all = characters.all().into_iter();
    let pairs = all.map(|one| (one, target.in_word(characters, one)));
    pairs.filter(|(one, form)| one != form).collect()
}
