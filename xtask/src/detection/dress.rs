//! Text in the clothes of files: source code, HTML, subtitles, tables.

use fastrand::Rng;

use super::snippet::{Snippet, longest};
use super::stream::Stream;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dress {
    Source,
    Html,
    Subtitles,
    Table,
}

/// How many characters beyond ASCII a snippet has at least: the mark is for text, not for tags.
const LEAST: usize = 8;

impl Dress {
    pub const ALL: [Self; 4] = [Self::Source, Self::Html, Self::Subtitles, Self::Table];

    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source code",
            Self::Html => "HTML",
            Self::Subtitles => "SRT",
            Self::Table => "CSV",
        }
    }

    /// A part of such a file, from anywhere in it, of at most `length` bytes; none if there is
    /// no room for the text.
    pub fn snippet(self, stream: &Stream, rng: &mut Rng, length: usize) -> Option<Snippet> {
        const TRIES: usize = 300;
        let whole = (0..TRIES).map(|_| {
            let file = self.file(stream, rng, length);
            let last = file.len() - 2 * length;
            let start = file.floor_char_boundary(rng.usize(..=last));
            longest(&file[start..], stream.encoding, length).to_owned()
        });
        let mut enough =
            whole.filter(|part| part.chars().filter(|c| !c.is_ascii()).count() >= LEAST);
        Snippet::of(&enough.next()?, stream.encoding)
    }

    /// A file of more than `length` bytes, in any encoding: UTF-8 takes twice as many at most.
    pub fn file(self, stream: &Stream, rng: &mut Rng, length: usize) -> String {
        let mut file = String::new();
        while file.len() < 2 * length + 500 {
            let pieces = self.pieces();
            self.fill(pieces[rng.usize(..pieces.len())], stream, rng, &mut file);
        }
        file
    }

    /// Writes a piece with text for every `…` and a digit for every `#`.
    fn fill(self, piece: &str, stream: &Stream, rng: &mut Rng, file: &mut String) {
        let (least, most) = self.phrase();
        for c in piece.chars() {
            match c {
                '…' => {
                    let characters = rng.usize(least..=most);
                    file.push_str(stream.phrase(rng, characters));
                }
                '#' => file.push(rng.digit(10)),
                c => file.push(c),
            }
        }
    }

    /// How many characters of text there are in one place.
    fn phrase(self) -> (usize, usize) {
        match self {
            Self::Source | Self::Subtitles => (6, 24),
            Self::Html => (4, 80),
            Self::Table => (2, 12),
        }
    }

    fn pieces(self) -> &'static [&'static str] {
        match self {
            Self::Source => &[
                "// …\nint count_#(const char *s)\n{\n    int n = 0;\n    while (*s++) n++;  /* … */\n    return n;\n}\n\n",
                "#include <stdio.h>\n\n/*\n * …\n * …\n */\nint main(int argc, char **argv) {\n    printf(\"…\\n\");\n    return #;\n}\n",
                "# …\ndef load(path, size=##):\n    \"\"\"…\"\"\"\n    with open(path) as f:\n        return f.read(size)  # …\n\n",
                "  public void setName(String name) {\n    this.name = name; // …\n    log.info(\"…\");\n  }\n\n",
                "function draw(x, y) {\n  // …\n  alert('…');\n  if (x > #) { ctx.moveTo(x, y); }\n}\n",
                "  SELECT id, name FROM users WHERE age > ## -- …\n",
            ],
            Self::Html => &[
                "<!DOCTYPE html>\n<html>\n<head>\n<title>…</title>\n</head>\n<body>\n",
                "<div class=\"content\">\n<p>…</p>\n<p>…</p>\n</div>\n",
                "<ul>\n<li><a href=\"/news/####.html\">…</a></li>\n<li>…</li>\n</ul>\n",
                "<tr><td width=\"##%\">…</td><td align=\"right\">##.#</td></tr>\n",
                "<h2 id=\"s#\">…</h2>\n<img src=\"images/##.jpg\" alt=\"…\" />\n<br>&nbsp;",
            ],
            Self::Subtitles => &[
                "##\n00:##:##,### --> 00:##:##,###\n…\n\n",
                "##\n00:##:##,### --> 00:##:##,###\n…\n…\n\n",
                "##\n00:##:##,### --> 00:##:##,###\n- …\n- <i>…</i>\n\n",
            ],
            Self::Table => {
                &["####,…,…,##.##,2019-0#-1#\n", "####,\"…\",…,####,…\n", "####,…,,0#########,…\n"]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jianfan::encoding::Encoding;

    fn stream() -> Stream {
        Stream::pure(&"話說當日林沖正閒走間，忽然背後人叫。".repeat(9), Encoding::BIG5, |_| true)
    }

    #[test]
    fn there_is_text_in_every_snippet_of_every_kind() {
        let (stream, mut rng) = (stream(), Rng::with_seed(1));
        for dress in Dress::ALL {
            for length in [64, 256, 4096] {
                for _ in 0..20 {
                    let snippet = dress.snippet(&stream, &mut rng, length).unwrap();
                    let text = snippet.text();
                    assert!((length - 1..=length).contains(&snippet.bytes.len()), "{dress:?}");
                    assert!(text.chars().filter(|c| !c.is_ascii()).count() >= LEAST, "{text}");
                    assert!(!text.contains('…'), "{text}");
                }
            }
        }
    }

    #[test]
    fn digits_and_text_take_the_places_of_their_signs() {
        let mut file = String::new();
        Dress::Table.fill("##,…\n", &stream(), &mut Rng::with_seed(1), &mut file);
        let (digits, text) = file.split_once(',').unwrap();
        assert!(digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()));
        assert!((2..=12).contains(&text.trim_end().chars().count()));
    }
}
