//! What is left where there is nothing to recover.

use super::kind::MojibakeKind;
use super::segment::Segment;
use crate::encoding::Encoding;

/// U+FFFD, once or twice, in UTF-8 that was read as something else.
const REPLACEMENTS: [(&str, Encoding); 4] = [
    ("锟斤拷", Encoding::GBK),
    ("嚙踝蕭", Encoding::BIG5),
    ("占쏙옙", Encoding::EUC_KR),
    ("ï¿½", Encoding::WINDOWS_1252),
];

/// 0xCC, 0xCD and 0xDD in pairs: what debuggers fill memory with, on the stack, on the heap, and
/// when it was freed.
const MEMORY: [char; 3] = ['烫', '屯', '葺'];

/// What the traces begin with.
const BEGINNINGS: [char; 7] = ['锟', '嚙', '占', 'ï', '烫', '屯', '葺'];

/// So many of them make a trace, if perhaps not a sure one; two are a word.
const REPEATED: usize = 3;

/// The traces in `line`.
pub(super) fn find(line: &str) -> Vec<Segment> {
    let mut found = Vec::new();
    if !line.contains(BEGINNINGS) {
        return found;
    }
    for (trace, read) in REPLACEMENTS {
        collect(line, trace, 1, MojibakeKind::Replacement { read }, &mut found);
    }
    for character in MEMORY {
        let trace = character.encode_utf8(&mut [0; 4]).to_owned();
        collect(line, &trace, REPEATED, MojibakeKind::Memory, &mut found);
    }
    found
}

/// Finds each run of `trace`, repeated at least `least` times.
fn collect(line: &str, trace: &str, least: usize, kind: MojibakeKind, found: &mut Vec<Segment>) {
    let mut rest = 0;
    while let Some(start) = line[rest..].find(trace).map(|at| rest + at) {
        let mut end = start;
        while line[end..].starts_with(trace) {
            end += trace.len();
        }
        let times = (end - start) / trace.len();
        if times >= least {
            found.push(Segment::trace(line, start..end, kind));
        }
        rest = end;
    }
}
