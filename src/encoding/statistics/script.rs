/// A way of writing that has statistics of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Script {
    /// Chinese in Simplified script.
    Simplified,
    /// Chinese in Traditional script, Cantonese too.
    Traditional,
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
    /// Languages in Latin script.
    Latin,
    /// Languages in Cyrillic script.
    Cyrillic,
    /// Greek.
    Greek,
    /// Hebrew.
    Hebrew,
    /// Arabic and Persian.
    Arabic,
    /// Thai.
    Thai,
}

impl Script {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Simplified,
        Self::Traditional,
        Self::Japanese,
        Self::Korean,
        Self::Latin,
        Self::Cyrillic,
        Self::Greek,
        Self::Hebrew,
        Self::Arabic,
        Self::Thai,
    ];

    /// The script that has `character` in its alphabet, for letters beyond ASCII.
    pub(super) fn of_letter(character: char) -> Self {
        match character {
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Self::Greek,
            '\u{400}'..='\u{52F}' => Self::Cyrillic,
            '\u{590}'..='\u{5FF}' => Self::Hebrew,
            '\u{600}'..='\u{6FF}' => Self::Arabic,
            '\u{E00}'..='\u{E7F}' => Self::Thai,
            _ => Self::Latin,
        }
    }

    /// Whether texts in it are of Chinese characters, kana or hangul.
    ///
    /// ```
    /// use jianfan::encoding::statistics::Script;
    ///
    /// assert!(Script::Japanese.is_east_asian() && !Script::Thai.is_east_asian());
    /// ```
    pub fn is_east_asian(self) -> bool {
        matches!(self, Self::Simplified | Self::Traditional | Self::Japanese | Self::Korean)
    }
}
