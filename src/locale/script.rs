use super::Locale;

// The characters that are written only in one script, or only in one of the Traditional places,
// sorted: `SIMPLIFIED`, `TRADITIONAL`, `TAIWAN`, `HONG_KONG`, from the OpenCC character tables.
include!(concat!(env!("OUT_DIR"), "/script.rs"));

/// The script that a text is written in, as far as its characters tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Script {
    /// Simplified.
    Hans,
    /// Traditional.
    Hant,
    /// Both, neither of them rarely.
    Mixed,
    /// No character that only one script has.
    None,
}

/// Counts the characters that tell the scripts apart, and Taiwan's forms from Hong Kong's.
///
/// ```
/// use jianfan::locale::{Evidence, Script};
/// use jianfan::Locale;
///
/// let mut evidence = Evidence::default();
/// evidence.add("這裡的軟體");
/// assert_eq!(evidence.script(), Script::Hant);
/// assert_eq!(evidence.locale(), Some(Locale::ZhTw));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    simplified: usize,
    traditional: usize,
    taiwan: usize,
    hong_kong: usize,
}

/// One telling character in ten of the other script makes a text mixed.
const MIXED: usize = 10;

impl Evidence {
    /// Counts the telling characters of `text`.
    pub fn add(&mut self, text: &str) {
        for character in text.chars().filter(|character| !character.is_ascii()) {
            let tells = |list: &[char]| usize::from(list.binary_search(&character).is_ok());
            self.simplified += tells(&SIMPLIFIED);
            self.traditional += tells(&TRADITIONAL);
            self.taiwan += tells(&TAIWAN);
            self.hong_kong += tells(&HONG_KONG);
        }
    }

    /// How many characters told one script from the other.
    pub fn telling(&self) -> usize {
        self.simplified + self.traditional
    }

    /// The script.
    pub fn script(&self) -> Script {
        let fewer = self.simplified.min(self.traditional);
        if self.telling() == 0 {
            Script::None
        } else if fewer * MIXED > self.telling() {
            Script::Mixed
        } else if self.simplified > self.traditional {
            Script::Hans
        } else {
            Script::Hant
        }
    }

    /// The locale that the text is most likely from: by the script that prevails, and for
    /// Traditional text by the forms that only one place writes, Taiwan's if none tells. `None`
    /// if no character tells the script.
    pub fn locale(&self) -> Option<Locale> {
        if self.telling() == 0 {
            None
        } else if self.simplified > self.traditional {
            Some(Locale::ZhCn)
        } else if self.hong_kong > self.taiwan {
            Some(Locale::ZhHk)
        } else {
            Some(Locale::ZhTw)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(text: &str) -> Option<Locale> {
        let mut evidence = Evidence::default();
        evidence.add(text);
        evidence.locale()
    }

    #[test]
    fn the_lists_are_sorted() {
        for list in [&SIMPLIFIED[..], &TRADITIONAL[..], &TAIWAN[..], &HONG_KONG[..]] {
            assert!(list.is_sorted());
            assert!(!list.is_empty());
        }
    }

    #[test]
    fn places_are_told_by_their_forms() {
        assert_eq!(locale("我说这里"), Some(Locale::ZhCn));
        assert_eq!(locale("我說這裡"), Some(Locale::ZhTw));
        assert_eq!(locale("佢説裏面着火"), Some(Locale::ZhHk));
        assert_eq!(locale("hello 你好"), None);
    }

    #[test]
    fn a_tenth_makes_it_mixed() {
        let mut evidence = Evidence::default();
        evidence.add("網路網路網路網路网");
        assert_eq!(evidence.script(), Script::Mixed);
    }
}
