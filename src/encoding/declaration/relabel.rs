use super::WINDOW;
use super::prescan::Prescan;
use crate::encoding::Encoding;

/// Corrects the declarations of a document that is written in another encoding than it was read
/// in, as its text passes by in pieces.
///
/// In the place of each label that a [`Declaration`](super::Declaration) may have comes the
/// [`declared_name`](Encoding::declared_name) of the output encoding, unless the label names that
/// already. There may be several in the first 1024 characters, as of XHTML in its first line and
/// in a `<meta>`. Nothing else changes, nor does text that is no document or stays in its
/// encoding. Between calls, a tag that goes on is held, or what follows a label as long as it is
/// not known whether the encoding changes: 1024 characters at most.
///
/// The result does not depend on how the text is cut.
///
/// ```
/// use jianfan::encoding::{Encoding, Relabel};
///
/// let mut text = String::new();
/// let mut relabel = Relabel::new(Encoding::UTF_8);
/// relabel.push("<meta charset=gb2", None, &mut text);
/// relabel.push("312><title>中文</title>", Some(Encoding::GB18030), &mut text);
/// relabel.finish(Some(Encoding::GB18030), &mut text);
/// assert_eq!(text, "<meta charset=utf-8><title>中文</title>");
/// ```
pub struct Relabel {
    output: Encoding,
    prescan: Prescan,
    held: String,
    /// How many characters from the beginning of `held` on are to be looked at.
    left: usize,
    /// Whether those that have come were ASCII.
    ascii: bool,
}

impl Relabel {
    /// At the beginning of a document that is written in `output`.
    ///
    /// ```
    /// use jianfan::encoding::{Encoding, Relabel};
    ///
    /// let mut text = String::new();
    /// let mut relabel = Relabel::new(Encoding::BIG5);
    /// relabel.push(r#"@charset "gbk"; "#, Some(Encoding::GBK), &mut text);
    /// relabel.finish(Some(Encoding::GBK), &mut text);
    /// assert_eq!(text, r#"@charset "big5"; "#);
    /// ```
    pub fn new(output: Encoding) -> Self {
        Self { output, prescan: Prescan::Start, held: String::new(), left: WINDOW, ascii: true }
    }

    /// Appends to `out` what is certain of the text so far, `text` being the next of it.
    ///
    /// `input` is the encoding that the text was in, which an
    /// [`AutoDecoder`](crate::encoding::AutoDecoder) may not know as long as it is ASCII. Text of
    /// 1024 characters that are ASCII, or of fewer in all, counts as being in the encoding that it
    /// declares, whatever `input` says.
    ///
    /// ```
    /// use jianfan::encoding::{Encoding, Relabel};
    ///
    /// let page = "<meta charset=gbk>中文"; // That is wrong, and not our business.
    /// let mut text = String::new();
    /// Relabel::new(Encoding::UTF_8).push(page, Some(Encoding::UTF_8), &mut text);
    /// assert_eq!(text, page);
    /// ```
    pub fn push(&mut self, text: &str, input: Option<Encoding>, out: &mut String) {
        if self.is_over() {
            out.push_str(text);
        } else {
            self.held.push_str(text);
            self.run(input, false, out);
        }
    }

    /// Ends the text: appends to `out` what was held. Then another document may begin.
    ///
    /// ```
    /// use jianfan::encoding::{Encoding, Relabel};
    ///
    /// let mut text = String::new();
    /// let mut relabel = Relabel::new(Encoding::UTF_8);
    /// relabel.push("<meta charset=", None, &mut text);
    /// relabel.finish(None, &mut text);
    /// assert_eq!(text, "<meta charset=");
    /// ```
    pub fn finish(&mut self, input: Option<Encoding>, out: &mut String) {
        self.run(input, true, out);
        *self = Self::new(self.output);
    }

    /// Whether what follows passes as it is.
    ///
    /// ```
    /// use jianfan::encoding::{Encoding, Relabel};
    ///
    /// let mut relabel = Relabel::new(Encoding::UTF_8);
    /// relabel.push("No document", None, &mut String::new());
    /// assert!(relabel.is_over());
    /// ```
    pub fn is_over(&self) -> bool {
        self.prescan == Prescan::Over
    }

    fn run(&mut self, input: Option<Encoding>, last: bool, out: &mut String) {
        let beyond = self.held.char_indices().nth(self.left).map(|(place, _)| place);
        let (end, is_whole) = (beyond.unwrap_or(self.held.len()), last || beyond.is_some());
        self.ascii &= self.held[..end].is_ascii();
        let is_certain = is_whole || !self.ascii;
        let changes = self.ascii || input != Some(self.output);
        let mut at = 0;
        while let Some((piece, next)) = self.prescan.next(&self.held.as_bytes()[at..end]) {
            let text = &self.held[at..at + piece.end];
            match piece.label.filter(|label| !self.names_output(&text[label.clone()])) {
                Some(_) if !is_certain => break,
                Some(label) if changes => {
                    let new = self.output.declared_name();
                    out.extend([&text[..label.start], new, &text[label.end..]]);
                }
                _ => out.push_str(text),
            }
            at += piece.end;
            self.prescan = next;
        }
        self.pass(at, is_whole, out);
    }

    /// Goes on behind what is decided, or passes on everything if nothing is left to decide.
    fn pass(&mut self, decided: usize, is_whole: bool, out: &mut String) {
        if is_whole || self.is_over() {
            out.push_str(&self.held[decided..]);
            self.prescan = Prescan::Over;
            self.held = String::new();
        } else {
            self.left -= self.held[..decided].chars().count();
            self.held.drain(..decided);
        }
    }

    fn names_output(&self, label: &str) -> bool {
        Encoding::from_label(label) == Some(self.output)
            || label.eq_ignore_ascii_case(self.output.declared_name())
    }
}
