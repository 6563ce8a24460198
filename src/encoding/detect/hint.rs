//! What it is worth that an input declares its encoding.

use crate::encoding::Encoding;
use crate::encoding::statistics::NAT;

/// What it costs an encoding that another one is declared, and a declared one that it has a fault.
/// Of single characters in GB18030 or Big5, this much tells all that declare it, and of words of
/// three with a wrong declaration it misleads in less than one of a hundred.
pub(super) const HINT: u32 = 6 * NAT;

/// Whether it speaks against `encoding` that `declared` is declared.
///
/// One of one byte a character does so against its like only, as servers and editors declare
/// those of their own accord.
pub(super) fn speaks_against(declared: Encoding, encoding: Encoding) -> bool {
    !is_meant(declared, encoding) && (!declared.is_single_byte() || encoding.is_single_byte())
}

/// Whether a document in `encoding` may well declare `declared`: Big5 of bulletin boards is Big5.
fn is_meant(declared: Encoding, encoding: Encoding) -> bool {
    encoding == declared || encoding.declared_name() == declared.name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn against_others() {
        assert!(speaks_against(Encoding::BIG5, Encoding::GB18030));
        assert!(speaks_against(Encoding::BIG5, Encoding::WINDOWS_1252));
        assert!(!speaks_against(Encoding::BIG5, Encoding::BIG5));
        assert!(!speaks_against(Encoding::BIG5, Encoding::BIG5_UAO));
        assert!(!speaks_against(Encoding::CP950, Encoding::CP950));
        assert!(speaks_against(Encoding::CP950, Encoding::BIG5));
    }

    #[test]
    fn one_byte_a_character_against_its_like() {
        let cyrillic = Encoding::legacy("windows-1251", encoding_rs::WINDOWS_1251);
        assert!(speaks_against(Encoding::WINDOWS_1252, cyrillic));
        assert!(!speaks_against(Encoding::WINDOWS_1252, Encoding::GB18030));
    }
}
