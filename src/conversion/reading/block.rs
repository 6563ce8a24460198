//! Some sentences of a text, seen as codes, with what is to be decided in them.

use super::Reading;
use super::form::Form;
use super::run::{self, RUN_BYTES};
use super::users::UserWords;
use super::words::{Sources, Word};
use crate::context::{Decision, END};

/// Sentences that are converted together.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// The code of each character, but for the middle of long stretches of ASCII.
    pub codes: Vec<u16>,
    /// Where each of them begins in `made`.
    pub offsets: Vec<u32>,
    /// The text, each character in the form that it has without its context.
    pub made: String,
    /// The characters whose form depends on it.
    pub open: Vec<Open>,
    /// Where keys of words may begin: the place behind that.
    pub candidates: Vec<u32>,
    pub sentences: Vec<Sentence>,
    /// How long the sentences were in the source.
    pub done: usize,
    pub counts: Counts,
}

/// A character whose form depends on its context.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    /// Its place among the codes.
    pub index: u32,
    pub character: char,
    pub form: Form,
}

impl Open {
    /// Whether it is the form that Simplified text has of all readings.
    pub fn is_folded(&self) -> bool {
        u32::from(self.character) == u32::from(self.form.code())
    }

    /// Whether text from there has the character beside the one that it mostly stands for.
    pub fn is_kept(&self, sources: Sources) -> bool {
        self.form.has(Form::KEPT)
            && (sources == Sources::MAINLAND
                || (self.character == '著' && sources == Sources::HONG_KONG))
    }

    /// What is written if its reading stays, in text from there.
    pub fn as_it_is(&self, sources: Sources) -> char {
        let stays = self.is_folded() || self.is_kept(sources);
        if stays { self.character } else { self.form.character() }
    }
}

/// A sentence: where it ends among the codes, and where the text is from there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence {
    pub end: u32,
    pub sources: Sources,
}

/// How many characters of a sentence tell where it is from: sixteen bits each for those that only
/// Simplified text has, only Traditional text, only Taiwan, only Hong Kong. A sentence is too short
/// for more.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts(pub u64);

/// What was decided at a place.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// A word was found.
    Word(Word),
    /// A character was read.
    Read(Decision),
    /// A character stays as it is, because Simplified text has it, too.
    Kept,
}

/// A sentence that goes on for so many bytes ends where something else than an ideograph stands,
const LONG: usize = 3 * 1024;
/// or else here.
pub(super) const LONGEST: usize = 4 * 1024;
/// Of longer stretches of ASCII only so many characters at either end have a code.
const MARGIN: usize = 16;
/// Ideographs have codes from here on.
const IDEOGRAPHS: u16 = 0x3400;
/// One telling character in ten of the other script makes a sentence mixed.
const MIXED: u64 = 10;

impl Block {
    /// Takes the sentences of `text`: all that have ended, and the last one if it is `complete`.
    ///
    /// `passage` is where the text before was from.
    pub fn read(&mut self, reading: &Reading, text: &str, complete: bool, passage: &mut Sources) {
        self.clear();
        self.codes.reserve(text.len());
        self.offsets.reserve(text.len() + 1);
        self.made.reserve(text.len());
        let mut start = 0;
        let mut at = 0;
        let bytes = text.as_bytes();
        while at < bytes.len() {
            let ended = if matches!(bytes[at], 0xe0..0xf0) && at + RUN_BYTES < start + LONG {
                let run = run::read(self, reading, &bytes[at..], passage);
                if let Some(end) = run.ended {
                    start = at + end;
                }
                at += run.len;
                if run.len > 0 {
                    continue;
                }
                let character = character_at(text, at);
                at += character.len_utf8();
                self.add(reading, character) == END
            } else if bytes[at] < 0x80 {
                let end = ascii_end(bytes, at, start + LONG);
                self.add_ascii(reading, &text[at..end]);
                at = end;
                END_ASCII[usize::from(bytes[at - 1])]
            } else {
                let character = character_at(text, at);
                at += character.len_utf8();
                self.add(reading, character) == END
            };
            if ended {
                self.end_sentence(reading, passage);
                start = at;
            } else if at - start >= LONG && self.is_cut(at - start) {
                self.add_end();
                self.end_sentence(reading, passage);
                start = at;
            }
        }
        if complete && start < bytes.len() {
            self.end_sentence(reading, passage);
            start = bytes.len();
        }
        self.done = start;
        self.drop_rest();
        if let Some(user) = &reading.user {
            self.add_candidates(user);
        }
    }

    fn clear(&mut self) {
        self.codes.clear();
        self.offsets.clear();
        self.made.clear();
        self.open.clear();
        self.candidates.clear();
        self.sentences.clear();
        self.counts = Counts::default();
    }

    /// The character with the code of number `index`, in text from there, as it is written if no
    /// context changes it.
    pub fn character(&self, index: usize, sources: Sources) -> Option<char> {
        let open = self.open.binary_search_by_key(&index, |open| open.index as usize);
        match open {
            Ok(number) => Some(self.open[number].as_it_is(sources)),
            Err(_) => self.made[*self.offsets.get(index)? as usize..].chars().next(),
        }
    }

    /// Forgets what lies behind the last sentence.
    fn drop_rest(&mut self) {
        let end = self.sentences.last().map_or(0, |last| last.end as usize);
        if let Some(&offset) = self.offsets.get(end) {
            self.made.truncate(offset as usize);
        }
        self.codes.truncate(end);
        self.offsets.truncate(end);
        let kept = self.open.partition_point(|open| (open.index as usize) < end);
        self.open.truncate(kept);
        self.offsets.push(self.made.len() as u32);
    }

    /// Whether a sentence that is so long ends behind the last character.
    fn is_cut(&self, len: usize) -> bool {
        len + 4 > LONGEST || self.codes.last().is_some_and(|&code| code < IDEOGRAPHS)
    }

    /// Notes where keys of the user's words may begin, too.
    fn add_candidates(&mut self, user: &UserWords) {
        let table = user.table();
        for (&code, place) in self.codes.iter().zip(1..) {
            let next = self.codes.get(place as usize).copied().unwrap_or(END);
            if table.may_begin(code, next) || user.has_single(code) {
                self.candidates.push(place);
            }
        }
        self.candidates.sort_unstable();
    }

    fn add_end(&mut self) {
        self.codes.push(END);
        self.offsets.push(self.made.len() as u32);
    }

    fn end_sentence(&mut self, reading: &Reading, passage: &mut Sources) {
        self.end_sentence_at(self.codes.len() as u32, reading, passage);
    }

    /// Ends a sentence before the code of number `end`.
    pub(super) fn end_sentence_at(&mut self, end: u32, reading: &Reading, passage: &mut Sources) {
        let sources = reading.from.unwrap_or_else(|| {
            *passage = self.counts.sources(*passage, reading.home);
            *passage
        });
        self.counts = Counts::default();
        self.sentences.push(Sentence { end, sources });
    }

    fn add_ascii(&mut self, reading: &Reading, text: &str) {
        let offset = self.made.len();
        self.made.push_str(text);
        let mut add = |from: usize, to: usize| {
            for (at, &byte) in text.as_bytes()[from..to].iter().enumerate() {
                let code = ASCII_CODES[usize::from(byte)];
                self.add_candidate(reading, code);
                self.add_code(code, offset + from + at);
            }
        };
        if text.len() <= 2 * MARGIN {
            add(0, text.len());
        } else {
            add(0, MARGIN);
            add(text.len() - MARGIN, text.len());
        }
    }

    #[inline(always)]
    fn add_code(&mut self, code: u16, offset: usize) {
        self.codes.push(code);
        self.offsets.push(offset as u32);
    }

    /// Adds a character that is not ASCII; gives its code.
    #[inline(always)]
    fn add(&mut self, reading: &Reading, character: char) -> u16 {
        let form = reading.forms.get(character);
        let index = self.codes.len() as u32;
        self.add_candidate(reading, form.code());
        self.add_code(form.code(), self.made.len());
        self.made.push(form.character());
        self.counts.0 += TELLS[form.tells()];
        if form.has(Form::WORD) {
            self.candidates.push(index + 1);
        }
        self.add_open(reading, index, character, form);
        form.code()
    }

    /// Notes the character before one with this code if a key may begin with the two.
    fn add_candidate(&mut self, reading: &Reading, code: u16) {
        let before = self.codes.last().copied().unwrap_or(END);
        if reading.words.may_begin(before, code) {
            self.candidates.push(self.codes.len() as u32);
        }
    }

    /// Notes a character whose form may depend on its context, if it is one.
    #[inline(always)]
    pub fn add_open(&mut self, reading: &Reading, index: u32, character: char, form: Form) {
        let is_class =
            form.has(Form::AMBIGUOUS) && reading.reads() && reading.model.is_class(form.code());
        if is_class || form.has(Form::KEPT) {
            self.open.push(Open { index, character, form });
        }
    }
}

/// The character at `at`, of which there is one.
fn character_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// For what a character tells, one more in the lanes of [`Counts`].
pub(super) const TELLS: [u64; 16] = {
    let mut lanes = [0; 16];
    let mut tells = 0;
    while tells < 16 {
        let mut lane = 0;
        while lane < 4 {
            lanes[tells] |= ((tells as u64 >> lane) & 1) << (16 * lane);
            lane += 1;
        }
        tells += 1;
    }
    lanes
};

impl Counts {
    /// Where the sentence is from, or else the text before it.
    ///
    /// Traditional text that doesn't tell its place is taken to be from `home`.
    fn sources(self, before: Sources, home: Sources) -> Sources {
        let [simplified, traditional, taiwan, hong_kong] =
            [0, 16, 32, 48].map(|lane| self.0 >> lane & 0xffff);
        if simplified + traditional == 0 {
            before
        } else if simplified * MIXED > traditional {
            Sources::MAINLAND
        } else if hong_kong > taiwan {
            Sources::HONG_KONG
        } else if taiwan > 0 {
            Sources::TAIWAN
        } else if before == Sources::MAINLAND {
            home
        } else {
            before
        }
    }
}

/// The end of the ASCII that goes on at `at`: behind a character that ends a sentence, or at the
/// latest at `limit`, if that is beyond `at`.
fn ascii_end(bytes: &[u8], at: usize, limit: usize) -> usize {
    let limit = if limit > at { limit.min(bytes.len()) } else { at + 1 };
    let run = &bytes[at..limit];
    let stops = |byte: &u8| *byte >= 0x80 || END_ASCII[usize::from(*byte)];
    match run.iter().position(stops) {
        Some(len) if bytes[at + len] < 0x80 => at + len + 1,
        Some(len) => at + len,
        None => limit,
    }
}

/// Which ASCII characters end a sentence.
const END_ASCII: [bool; 256] = {
    let mut table = [false; 256];
    table[b'\n' as usize] = true;
    table[b'\r' as usize] = true;
    table[b'!' as usize] = true;
    table[b'?' as usize] = true;
    table
};

/// The codes of ASCII characters.
const ASCII_CODES: [u16; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'\n' | b'\r' | b'!' | b'?' => END,
            b'0'..=b'9' => b'0' as u16,
            b'a'..=b'z' | b'A'..=b'Z' => b'A' as u16,
            b'\t' => b' ' as u16,
            other => other as u16,
        };
        byte += 1;
    }
    table
};
