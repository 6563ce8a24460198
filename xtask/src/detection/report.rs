//! What is printed: the table, and the snippets that were misjudged.

use super::block::{Block, Cell, Mark, Miss};
use super::snippet::Snippet;

/// How wide the first column is, and each of the others.
pub const NAME: usize = 36;
const CELL: usize = 18;

/// How many characters of a snippet are shown, and how many bytes.
const SHOWN: usize = 60;

/// The head of a block.
pub fn head(block: &Block) -> String {
    let columns = block.columns.iter().map(|column| format!("{:>CELL$}", column.name));
    format!("\n{}\n{:<NAME$}{}", block.title, "", columns.collect::<String>())
}

/// What a cell says: jianfan's percentage, ! where that is not enough, the mark, chardetng's.
pub fn cell(cell: Cell, mark: Mark) -> String {
    let flag = if mark.is_met(cell.jianfan()) { ' ' } else { '!' };
    let mark = match mark {
        Mark::AtLeast(mark) | Mark::AtMost(mark) => format!("{mark}"),
        Mark::Any => String::new(),
    };
    format!("{:>6.1}{flag}{mark:>5}{:>6.1}", cell.jianfan(), cell.chardetng())
}

/// A cell without snippets.
pub fn empty() -> String {
    format!("{:>CELL$}", "–")
}

/// A misjudged snippet: what was said, the bytes, the text.
pub fn miss(Miss { snippet, said }: &Miss) -> String {
    let bytes = snippet.bytes.iter().take(SHOWN).map(|byte| format!("{byte:02X}"));
    let said = said.encoding.map_or("?", |encoding| encoding.name());
    format!("  {said:<14} {}  {}", bytes.collect::<String>(), shown(snippet))
}

fn shown(snippet: &Snippet) -> String {
    snippet.text().chars().take(SHOWN).map(|c| if c.is_control() { '·' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detection::judge::Said;
    use jianfan::encoding::Encoding;

    #[test]
    fn a_cell_is_flagged_where_the_mark_is_not_met() {
        let figures = Cell { total: 200, by_jianfan: 196, by_chardetng: 100 };
        assert_eq!(cell(figures, Mark::AtLeast(98.0)), "  98.0    98  50.0");
        assert_eq!(cell(figures, Mark::AtLeast(99.7)), "  98.0! 99.7  50.0");
        assert_eq!(cell(figures, Mark::Any).len(), empty().chars().count());
    }

    #[test]
    fn a_miss_is_one_line() {
        let said = Said { encoding: Some(Encoding::BIG5), binary: false };
        let snippet = Snippet::of("a\n中", Encoding::GBK).unwrap();
        assert_eq!(miss(&Miss { snippet, said }), "  big5           610AD6D0  a·中");
    }
}
