/// What a character is, as far as its neighbours care.
///
/// ```
/// use jianfan::encoding::statistics::Class;
///
/// assert_eq!(Class::of('中'), Class::Han);
/// assert_eq!(Class::of('，'), Class::Wide);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Class {
    /// White space of ASCII, the no-break space, and the beginning of a text.
    Space,
    /// A capital letter of ASCII.
    Capital,
    /// A small letter of ASCII.
    Small,
    /// A digit or punctuation of ASCII.
    Sign,
    /// A Chinese character.
    Han,
    /// Hiragana and katakana.
    Kana,
    /// A syllable of Korean.
    Hangul,
    /// Punctuation of East Asia, full-width letters, and the dashes and quotation marks that all share.
    Wide,
    /// A letter beyond ASCII.
    Alphabetic,
    /// Symbols, control characters, and all the rest.
    Other,
}

impl Class {
    pub(super) const COUNT: usize = 10;

    /// Those that all encodings which extend ASCII have alike.
    pub(super) const ASCII: [Self; 4] = [Self::Space, Self::Capital, Self::Small, Self::Sign];

    /// The class of `character`.
    ///
    /// ```
    /// use jianfan::encoding::statistics::Class;
    ///
    /// assert_eq!(Class::of('é'), Class::Alphabetic);
    /// ```
    #[inline]
    pub fn of(character: char) -> Self {
        match character {
            ' ' | '\t' | '\n' | '\r' | '\u{C}' | '\u{A0}' => Self::Space,
            'A'..='Z' => Self::Capital,
            'a'..='z' => Self::Small,
            '!'..='~' => Self::Sign,
            '\u{0}'..='\u{7F}' => Self::Other,
            '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => {
                Self::Han
            }
            '\u{20000}'..='\u{3FFFF}' => Self::Han,
            '\u{3041}'..='\u{30FF}' => Self::Kana,
            '\u{AC00}'..='\u{D7A3}' => Self::Hangul,
            '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3020}' | '\u{FF01}'..='\u{FF60}' => {
                Self::Wide
            }
            '\u{AA}' | '\u{B5}' | '\u{BA}' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' => {
                Self::Alphabetic
            }
            '\u{F8}'..='\u{24F}' | '\u{300}'..='\u{6FF}' | '\u{E00}'..='\u{E7F}' => {
                Self::Alphabetic
            }
            '\u{1E00}'..='\u{1FFF}' => Self::Alphabetic,
            _ => Self::Other,
        }
    }
}
