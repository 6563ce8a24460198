//! A text in blocks that OpenCC's command converts without a fault.
//!
//! The command reads 1 MiB at a time. From each piece it withholds the last
//! 16 characters (more if an ideographic description sequence is still open),
//! converts the rest on its own, and so splits whatever match lies across that
//! cut. Here every piece ends in a run of empty lines long enough that the cut
//! falls inside it, where nothing can match: neither a dictionary key, none of
//! which holds a line feed, nor a description sequence. The latter takes *any*
//! character for an operand, line feeds too, but 64 characters at most.
//!
//! The command stops its output at NUL and refuses malformed UTF-8, so lines
//! with either are skipped. Both engines are given the same bytes.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// What OpenCC's command reads at a time.
const PIECE: usize = 1 << 20;
/// The fewest line feeds at the end of a piece: 64 that a description
/// sequence may swallow, 16 that are withheld, and some to spare.
const PADDING: usize = 128;
const ROOM: usize = PIECE - PADDING;

/// Some lines, padded to the size of OpenCC's buffer unless they are the last.
pub struct Block {
    /// The text.
    pub bytes: Vec<u8>,
    /// For each line of `bytes` its number in the file, from 1; none for the
    /// empty lines at the end.
    pub numbers: Vec<u64>,
}

impl Block {
    /// The block as a text that OpenCC's command takes in one buffer.
    pub fn alone(&self) -> &[u8] {
        &self.bytes[..self.bytes.len().min(PIECE - PADDING / 4)]
    }
}

/// The blocks of a file, in order.
pub struct Blocks {
    reader: BufReader<File>,
    /// The number of the line last read.
    number: u64,
    /// Whether that line goes on: it was too long for a block.
    goes_on: bool,
    /// The bytes of a character cut in two.
    carry: Vec<u8>,
    /// A line that did not fit in the last block.
    held: Option<Vec<u8>>,
    /// Lines left out because of a NUL or malformed UTF-8.
    pub skipped: u64,
}

impl Blocks {
    /// Opens a file.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self {
            reader: BufReader::with_capacity(1 << 18, File::open(path)?),
            number: 0,
            goes_on: false,
            carry: Vec::new(),
            held: None,
            skipped: 0,
        })
    }

    fn block(&mut self) -> io::Result<Option<Block>> {
        let (mut bytes, mut numbers) = (Vec::with_capacity(PIECE), Vec::new());
        while let Some(line) = self.line()? {
            if bytes.len() + line.len() > ROOM {
                self.held = Some(line);
                break;
            }
            bytes.extend_from_slice(&line);
            numbers.push(self.number);
            if !line.ends_with(b"\n") {
                break;
            }
        }
        if self.held.is_some() || !self.at_end()? {
            bytes.resize(PIECE, b'\n');
        }
        Ok((!bytes.is_empty()).then_some(Block { bytes, numbers }))
    }

    /// The next line that can be compared, or as much of it as fits in a
    /// block.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        if let Some(held) = self.held.take() {
            return Ok(Some(held));
        }
        loop {
            let line = self.read_line()?;
            if line.is_empty() {
                return Ok(None);
            }
            if !line.contains(&0) && std::str::from_utf8(&line).is_ok() {
                return Ok(Some(line));
            }
            self.skipped += 1;
        }
    }

    fn read_line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = std::mem::take(&mut self.carry);
        let limit = (ROOM - line.len()) as u64;
        self.reader.by_ref().take(limit).read_until(b'\n', &mut line)?;
        self.number += u64::from(!self.goes_on);
        self.goes_on = line.len() == ROOM && !line.ends_with(b"\n");
        if self.goes_on {
            self.carry = line.split_off(last_boundary(&line));
        }
        Ok(line)
    }

    fn at_end(&mut self) -> io::Result<bool> {
        Ok(self.carry.is_empty() && self.reader.fill_buf()?.is_empty())
    }
}

impl Iterator for Blocks {
    type Item = io::Result<Block>;

    fn next(&mut self) -> Option<Self::Item> {
        self.block().transpose()
    }
}

/// Where a character that is cut off at the end of `bytes` begins.
fn last_boundary(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks_of(name: &str, text: &[u8]) -> (Vec<Block>, u64) {
        let path = std::env::temp_dir().join(format!("xtask-{}-{name}", std::process::id()));
        std::fs::write(&path, text).expect("a temporary file can be written");
        let mut blocks = Blocks::open(&path).expect("it can be opened");
        let found = blocks.by_ref().map(|block| block.expect("it can be read"));
        let found = found.collect();
        std::fs::remove_file(&path).expect("it can be removed");
        (found, blocks.skipped)
    }

    #[test]
    fn every_block_but_the_last_ends_in_padding_at_the_edge() {
        let text = "汉字汉字汉\n".repeat(200_000);
        let (blocks, _) = blocks_of("padding", text.as_bytes());
        let (last, others) = blocks.split_last().expect("there are blocks");
        assert_eq!(others.len(), 3);
        for block in others {
            assert_eq!(block.bytes.len(), PIECE);
            assert!(block.bytes[ROOM..].iter().all(|&byte| byte == b'\n'));
        }
        assert_eq!(last.numbers.last(), Some(&200_000));
        assert!(last.bytes.ends_with("汉\n".as_bytes()));
    }

    #[test]
    fn a_line_longer_than_a_block_is_cut_between_characters() {
        let text = "汉".repeat(PIECE) + "\n字";
        let (blocks, skipped) = blocks_of("long", text.as_bytes());
        let joined: Vec<u8> = blocks.iter().flat_map(|b| b.bytes.clone()).collect();
        let joined = String::from_utf8(joined).expect("no character is cut");
        assert_eq!(joined.replace('\n', ""), text.replace('\n', ""));
        assert_eq!((blocks.len(), skipped), (4, 0));
        assert_eq!(blocks[3].numbers, [1, 2]);
    }

    #[test]
    fn lines_that_opencc_cannot_convert_are_skipped() {
        let (blocks, skipped) = blocks_of("skipped", b"a\nb\0\n\xFF\n\xE6\xB1");
        assert_eq!(skipped, 3);
        assert_eq!(blocks[0].bytes, b"a\n");
        assert_eq!(blocks[0].numbers, [1]);
    }
}
