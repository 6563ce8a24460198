//! A long text from which snippets are taken, beginning anywhere in it.

use fastrand::Rng;
use jianfan::encoding::Encoding;

use super::snippet::{Snippet, encode, longest};

/// Text in one encoding: all of it can be written.
pub struct Stream {
    pub encoding: Encoding,
    text: String,
    /// Where characters are of which a snippet must have one; empty if any snippet will do.
    places: Vec<usize>,
}

impl Stream {
    /// Of a text in Chinese, Japanese or Korean, the stretches without ASCII that `encoding` can
    /// write and that are mostly letters, one behind the other.
    pub fn pure(text: &str, encoding: Encoding, fits: impl Fn(char) -> bool) -> Self {
        // Korean has spaces between words, and is not pure without them.
        let between = |c: char| c.is_ascii() && c != ' ';
        let text = text
            .split(between)
            .map(|run| run.trim_matches(' '))
            .filter(|run| is_mostly_letters(run) && run.chars().all(&fits))
            .filter(|run| encode(run, encoding).is_some())
            .collect();
        Self { encoding, text, places: Vec::new() }
    }

    /// The lines of a text that `encoding` can write.
    pub fn lines(text: &str, encoding: Encoding) -> Self {
        let lines = text.split_inclusive('\n').filter(|line| encode(line, encoding).is_some());
        Self { encoding, text: lines.collect(), places: Vec::new() }
    }

    /// As it is, but every snippet has one of those characters; none if it has no such characters.
    pub fn with_one_of(mut self, wanted: impl Fn(char) -> bool) -> Option<Self> {
        let wanted = self.text.char_indices().filter(|(_, c)| wanted(*c));
        self.places = wanted.map(|(at, _)| at).collect();
        (!self.places.is_empty()).then_some(self)
    }

    /// With about one in `every` characters replaced by what `other` gives.
    pub fn interspersed(
        self,
        every: usize,
        rng: &mut Rng,
        mut other: impl FnMut(&mut Rng) -> String,
    ) -> Self {
        let mut text = String::new();
        for c in self.text.chars() {
            match rng.usize(..every) {
                0 => text.push_str(&other(rng)),
                _ => text.push(c),
            }
        }
        Self { text, places: Vec::new(), ..self }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// A snippet of at most `length` bytes; none if there is no text, or no room for a character.
    pub fn snippet(&self, rng: &mut Rng, length: usize) -> Option<Snippet> {
        let text = match self.places.len() {
            0 => longest(self.anywhere(rng, length), self.encoding, length),
            count => self.around(self.places[rng.usize(..count)], rng, length),
        };
        Snippet::of(text, self.encoding).filter(|snippet| !snippet.bytes.is_empty())
    }

    /// A stretch of as many characters, or less at the end.
    pub fn phrase(&self, rng: &mut Rng, characters: usize) -> &str {
        let text = self.anywhere(rng, characters);
        let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
        &text[..end]
    }

    /// The text from a random place on that has `bytes` bytes behind it, if the text is so long.
    fn anywhere(&self, rng: &mut Rng, bytes: usize) -> &str {
        // A character is four bytes of UTF-8 at most.
        let last = self.text.len().saturating_sub(4 * bytes);
        &self.text[self.text.floor_char_boundary(rng.usize(..=last))..]
    }

    /// A snippet that has the character at `place`, somewhere.
    fn around(&self, place: usize, rng: &mut Rng, length: usize) -> &str {
        let mut before = length / 2;
        loop {
            before = rng.usize(..=before);
            let start = self.text[..place].char_indices().rev().take(before).last();
            let start = start.map_or(place, |(at, _)| at);
            let text = longest(&self.text[start..], self.encoding, length);
            if start + text.len() > place || start == place {
                return text;
            }
        }
    }
}

fn is_mostly_letters(run: &str) -> bool {
    let count = run.chars().count();
    let letters = run.chars().filter(|c| c.is_alphabetic()).count();
    count >= 4 && 10 * letters >= 7 * count
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "第三章 風雪山神廟\n話說當日林沖正閒走間，忽然背後人叫。(see p. 3) 回頭看時，这認得";

    fn snippets(stream: &Stream, length: usize) -> Vec<Snippet> {
        let mut rng = Rng::with_seed(7);
        (0..200).map(|_| stream.snippet(&mut rng, length).unwrap()).collect()
    }

    #[test]
    fn pure_text_has_no_ascii_and_nothing_that_cannot_be_written() {
        let stream = Stream::pure(TEXT, Encoding::BIG5, |_| true);
        // 这 is not in Big5.
        assert_eq!(stream.text(), "第三章 風雪山神廟話說當日林沖正閒走間，忽然背後人叫。");
        let stream = Stream::pure(TEXT, Encoding::GB18030, |c| c != '話');
        assert_eq!(stream.text(), "第三章 風雪山神廟回頭看時，这認得");
    }

    #[test]
    fn the_same_seed_gives_the_same_snippets() {
        let stream = Stream::pure(TEXT, Encoding::BIG5, |_| true);
        let some = snippets(&stream, 8);
        assert_eq!(some, snippets(&stream, 8));
        assert!(some.iter().any(|snippet| *snippet != some[0]));
    }

    #[test]
    fn snippets_have_at_most_the_length_and_only_whole_characters() {
        for (encoding, width) in [(Encoding::BIG5, 2), (Encoding::UTF_16LE, 2)] {
            let stream = Stream::pure(&TEXT.replace(' ', "\n"), encoding, |_| true);
            for length in [4, 7, 16] {
                for snippet in snippets(&stream, length) {
                    assert_eq!(snippet.bytes.len(), length / width * width);
                    assert!(stream.text().contains(&snippet.text()));
                }
            }
        }
    }

    #[test]
    fn a_snippet_has_one_of_the_characters_wanted_anywhere_in_it() {
        let stream = Stream::pure(TEXT, Encoding::BIG5, |_| true);
        let stream = stream.with_one_of(|c| c == '雪').unwrap();
        let texts: Vec<String> = snippets(&stream, 8).iter().map(Snippet::text).collect();
        assert!(texts.iter().all(|text| text.contains('雪')));
        assert!(texts.iter().any(|text| text.starts_with('雪')));
        assert!(texts.iter().any(|text| text.ends_with('雪')));
        let stream = Stream::pure(TEXT, Encoding::BIG5, |_| true);
        assert!(stream.with_one_of(|c| c == '龍').is_none());
    }

    #[test]
    fn other_text_is_interspersed() {
        let stream = Stream::pure(TEXT, Encoding::GB18030, |_| true);
        let stream = stream.interspersed(3, &mut Rng::with_seed(1), |_| "㐀".to_owned());
        let count = stream.text().matches('㐀').count();
        assert!((5..25).contains(&count), "{count}");
    }

    #[test]
    fn a_phrase_has_as_many_characters() {
        let stream = Stream::lines("один два\n", Encoding::UTF_8);
        assert_eq!(stream.phrase(&mut Rng::with_seed(1), 1).chars().count(), 1);
        assert_eq!(stream.phrase(&mut Rng::with_seed(1), 99), "один два\n");
    }
}
