//! What OpenCC's tables say about single characters.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::dictionary::{Dictionary, text};

/// A table from a character to its candidates.
pub type Candidates = BTreeMap<char, Vec<char>>;

/// The character tables.
pub struct Characters {
    pub simplified: Candidates,
    pub traditional: Candidates,
    pub taiwan: Candidates,
    pub hong_kong: Candidates,
    from_taiwan: Candidates,
    from_hong_kong: Candidates,
    /// Forms that Taiwan does not write.
    taiwan_forms: Candidates,
    /// What the rows of one character in a place's orthography say.
    pub mainland_orthography: Candidates,
    pub taiwan_orthography: Candidates,
    pub hong_kong_orthography: Candidates,
}

/// Forms that have one code, though OpenCC keeps them apart in Simplified.
const JOINED: [(char, char); 28] = [
    ('伕', '夫'),
    ('倣', '仿'),
    ('彷', '仿'),
    ('拏', '拿'),
    ('揹', '背'),
    ('斲', '斫'),
    ('暱', '昵'),
    ('幺', '么'),
    ('澂', '澄'),
    ('濬', '浚'),
    ('燄', '焰'),
    ('甦', '苏'),
    ('甯', '宁'),
    ('畫', '画'),
    ('瞭', '了'),
    ('籐', '藤'),
    ('腭', '颚'),
    ('苧', '苎'),
    ('荳', '豆'),
    ('菓', '果'),
    ('薰', '熏'),
    ('衹', '只'),
    ('藉', '借'),
    ('覆', '复'),
    ('讎', '仇'),
    ('雠', '仇'),
    ('鎗', '枪'),
    ('鲇', '鲶'),
];

/// Characters that are not the place's form of another one alone: 才 is 纔, but 才 too.
pub const AMBIGUOUS_FORMS: &str = "才吃核針參梁樑么皂唇洩稜簷顎鯰韁秘只台煙棱妝枴";

impl Characters {
    pub fn read(opencc: &Path, orthography: &Path) -> Self {
        let table = |name: &str| candidates(&read(&opencc.join(name)));
        Self {
            simplified: table("STCharacters.txt"),
            traditional: table("TSCharacters.txt"),
            taiwan: table("TWVariants.txt"),
            hong_kong: table("HKVariants.txt"),
            from_taiwan: table("TWVariantsRev.txt"),
            from_hong_kong: table("HKVariantsRev.txt"),
            taiwan_forms: candidates(&read(&orthography.join("zh-TW.forms.txt"))),
            mainland_orthography: candidates(&read(&orthography.join("zh-CN.txt"))),
            taiwan_orthography: candidates(&read(&orthography.join("zh-TW.txt"))),
            hong_kong_orthography: candidates(&read(&orthography.join("zh-HK.txt"))),
        }
    }

    /// Every character that any of the tables knows.
    pub fn all(&self) -> BTreeSet<char> {
        let tables = [
            &self.simplified,
            &self.traditional,
            &self.taiwan,
            &self.hong_kong,
            &self.from_taiwan,
            &self.from_hong_kong,
            &self.taiwan_forms,
        ];
        let rows = tables.into_iter().flatten();
        rows.flat_map(|(key, values)| values.iter().chain([key])).copied().collect()
    }

    /// The Simplified form.
    pub fn to_simplified(&self, character: char) -> char {
        if self.simplified.contains_key(&character) && !self.traditional.contains_key(&character) {
            return character;
        }
        if self.traditional.contains_key(&character) {
            return first(&self.traditional, character);
        }
        let standard = first(&self.from_hong_kong, character);
        let standard = first(&self.from_taiwan, standard);
        first(&self.traditional, standard)
    }

    /// The character that stands for all forms of a character.
    pub fn fold(&self, character: char) -> char {
        let joined = |one| JOINED.iter().find(|(from, _)| *from == one).map(|(_, to)| *to);
        joined(character).unwrap_or_else(|| {
            // By way of Traditional, so that 馀 is one with 餘 and 余.
            let simplified = self.to_simplified(self.simplified_to_traditional(character));
            joined(simplified).unwrap_or(simplified)
        })
    }

    /// OpenCC's standard Traditional form of a Traditional character, where that is certain.
    fn to_standard(&self, character: char) -> char {
        if AMBIGUOUS_FORMS.contains(character) {
            return character;
        }
        first(&self.from_taiwan, first(&self.from_hong_kong, character))
    }

    /// The form that Taiwan writes of a Traditional character.
    pub fn to_taiwan(&self, character: char) -> char {
        match self.taiwan_forms.get(&character) {
            Some(forms) => forms[0],
            None => first(&self.taiwan, character),
        }
    }

    /// The form that Hong Kong writes of a Traditional character.
    pub fn to_hong_kong(&self, character: char) -> char {
        let standard = match character {
            '裡' | '著' | '汙' | '痺' | '睪' => self.to_standard(character),
            other => other,
        };
        first(&self.hong_kong, standard)
    }

    /// OpenCC's standard form of a Traditional character.
    pub fn to_traditional(&self, character: char) -> char {
        self.to_standard(character)
    }

    /// The first candidate of a Simplified character; a Traditional one as it is.
    pub fn simplified_to_traditional(&self, character: char) -> char {
        first(&self.simplified, character)
    }
}

pub fn first(table: &Candidates, character: char) -> char {
    table.get(&character).map_or(character, |candidates| candidates[0])
}

/// The entries from one character to single characters.
fn candidates(dictionary: &Dictionary) -> Candidates {
    let only = |text: &str| {
        let mut characters = text.chars();
        characters.next().filter(|_| characters.next().is_none())
    };
    let rows = dictionary.entries().iter().filter_map(|entry| {
        let values: Option<Vec<char>> = entry.candidates.iter().map(|text| only(text)).collect();
        Some((only(&entry.key)?, values?))
    });
    rows.collect()
}

/// A text table.
pub fn read(path: &Path) -> Dictionary {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.file_name().expect("a file name").to_string_lossy();
    text::parse(&name, &bytes).unwrap_or_else(|error| panic!("{error}"))
}
