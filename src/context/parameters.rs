/// What a model is made of, as a trainer learns it; all scores in nats.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parameters {
    /// The classes of characters with more than one reading.
    pub classes: Vec<Class>,
    /// For an n-gram ([`Window::feature`](super::Window::feature)) and a reading (its number in
    /// the class, from one): how much it speaks for that reading rather than the default.
    pub weights: Vec<(u64, u8, f32)>,
    /// The neighbours beside which a character of a class (its code) has been seen with another
    /// reading than the default.
    pub evidence: Vec<(u16, Side, u16)>,
    /// The words of the lattice.
    pub words: Vec<Word>,
}

/// A one-to-many character.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// The code of all its forms.
    pub code: u16,
    /// Its readings in the form that Taiwan writes, the default first: two to eight.
    pub readings: Vec<char>,
    /// How likely each reading is before anything is seen of the context.
    pub bias: Vec<f32>,
    /// How much the lattice's vote counts, for the default and for another reading.
    pub vote: [f32; 2],
}

/// On which side of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Before it.
    Before,
    /// Behind it.
    Behind,
}

/// A word of the lattice.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Its characters: one to eight.
    pub codes: Vec<u16>,
    /// What the path through it costs.
    pub cost: f32,
    /// For each of its characters the number of the reading that it has in the word, if it is of
    /// a class.
    pub readings: Vec<Option<u8>>,
}
