use encoding_rs::{DecoderResult, EncoderResult, ISO_2022_JP};

use super::{Decode, Encode, Fault, Miss};

/// The size of the buffer between `encoding_rs` and the output, in bytes.
///
/// Its methods that append to a `String` or a `Vec` touch every page of their spare room, which
/// takes long where malformed sequences or unmappable characters make for many calls.
const BUFFER: usize = 4 * 1024;

/// How ISO-2022-JP returns to ASCII.
const RETURN: &[u8] = b"\x1B(B";

/// How many characters to look through at a time for those that the encoder alters.
const PIECE: usize = 64;

/// Reads what `encoding_rs` reads.
pub(super) struct LegacyDecoder {
    decoder: encoding_rs::Decoder,
    buffer: String,
}

impl LegacyDecoder {
    pub(super) fn new(encoding: &'static encoding_rs::Encoding) -> Self {
        Self { decoder: encoding.new_decoder_without_bom_handling(), buffer: "\0".repeat(BUFFER) }
    }
}

impl Decode for LegacyDecoder {
    fn decode(&mut self, bytes: &[u8], last: bool, out: &mut String) -> Result<(), Fault> {
        let mut read = 0;
        loop {
            let (decoder, buffer) = (&mut self.decoder, &mut self.buffer);
            let (result, count, written) =
                decoder.decode_to_str_without_replacement(&bytes[read..], buffer, last);
            read += count;
            out.push_str(&buffer[..written]);
            match result {
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(len, behind) => {
                    let back = usize::from(len) + usize::from(behind);
                    return Err(Fault { read, back });
                }
            }
        }
    }
}

/// Writes what `encoding_rs` writes, but refuses what would not be read back.
pub(super) struct LegacyEncoder {
    encoder: encoding_rs::Encoder,
    buffer: Vec<u8>,
    /// Tells the characters that the encoder turns into others, if there are any.
    altered: Option<fn(char) -> bool>,
    /// Whether the output ends with a return to ASCII that an unmappable character made.
    returned: bool,
}

impl LegacyEncoder {
    pub(super) fn new(encoding: &'static encoding_rs::Encoding) -> Self {
        Self {
            encoder: encoding.new_encoder(),
            buffer: vec![0; BUFFER],
            altered: altered_by(encoding),
            returned: false,
        }
    }

    fn run(&mut self, text: &str, last: bool, out: &mut Vec<u8>) -> Result<(), Miss> {
        let mut read = 0;
        loop {
            let (encoder, buffer) = (&mut self.encoder, &mut self.buffer);
            let (result, count, written) =
                encoder.encode_from_utf8_without_replacement(&text[read..], buffer, last);
            read += count;
            let (written, is_iso_2022_jp) = (&buffer[..written], encoder.encoding() == ISO_2022_JP);
            // Escape upon escape is malformed.
            if std::mem::take(&mut self.returned) && written.starts_with(b"\x1B") {
                out.truncate(out.len() - RETURN.len());
            }
            out.extend_from_slice(written);
            match result {
                EncoderResult::InputEmpty => return Ok(()),
                EncoderResult::OutputFull => {}
                EncoderResult::Unmappable(character) => {
                    self.returned = is_iso_2022_jp && written.ends_with(RETURN);
                    return Err(Miss { read, character });
                }
            }
        }
    }
}

impl Encode for LegacyEncoder {
    fn encode(&mut self, text: &str, out: &mut Vec<u8>) -> Result<(), Miss> {
        let Some(altered) = self.altered else {
            return self.run(text, false, out);
        };
        // In short pieces: after each of many misses, only one is looked through again.
        let mut read = 0;
        while read < text.len() {
            let rest = &text[read..];
            let piece = rest.char_indices().nth(PIECE).map_or(rest, |(end, _)| &rest[..end]);
            let (kept, behind) = piece.split_at(piece.find(altered).unwrap_or(piece.len()));
            let result = self.run(kept, false, out);
            result.map_err(|miss| Miss { read: read + miss.read, ..miss })?;
            read += kept.len();
            if let Some(character) = behind.chars().next() {
                return Err(Miss { read: read + character.len_utf8(), character });
            }
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        // Nothing is left to write but a return to ASCII, which can't fail.
        let _ = self.run("", true, out);
    }
}

/// The Encoding Standard writes `¥` as `\` in Japanese encodings, `−` as `－` and half-width kana
/// as full-width ones. Reading them back gives another text, so that we call them unmappable. So
/// does it the shifts of ISO-2022-JP, but in the name of U+FFFD.
fn altered_by(encoding: &'static encoding_rs::Encoding) -> Option<fn(char) -> bool> {
    if encoding == encoding_rs::SHIFT_JIS || encoding == encoding_rs::EUC_JP {
        Some(|character| matches!(character, '¥' | '‾' | '−'))
    } else if encoding == ISO_2022_JP {
        Some(|character| matches!(character, '−' | '｡'..='ﾟ' | '\x0E' | '\x0F' | '\x1B'))
    } else {
        None
    }
}
