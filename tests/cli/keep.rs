//! `--output-encoding keep`: what came is written back as it came.

use jianfan::encoding::{Encoder, Encoding, Unmappable};

use super::support::{Folder, encoded, jianfan};

/// The letters, signs and characters that the encoding can hold of these.
fn sample(encoding: Encoding) -> String {
    let any = "<p>x-y ~{}\\&amp;\0\r\n\r\n\t中文一二，。日本の電話 한국 Ünï жук ελ שלום عربي ไทย 𠮷😀 é\n\0 ~ end";
    let is_held = |character: &char| {
        let mut encoder = Encoder::new(encoding, Unmappable::Error, false);
        encoder.encode(&character.to_string(), &mut Vec::new()).is_ok()
    };
    any.chars().filter(is_held).collect()
}

/// A conversion that changes nothing but `x-y`, for which a table has another value.
const NO_CHANGE: &str = "-c t2tw";
const A_CHANGE: &str = "-c t2tw --table x.txt";

/// Each encoding, with a mark and without one, its text and its bytes.
fn all() -> impl Iterator<Item = (Encoding, String, Vec<u8>)> {
    let both = Encoding::all().iter().flat_map(|encoding| [(*encoding, false), (*encoding, true)]);
    both.map(|(encoding, bom)| {
        let text = sample(encoding);
        let bytes = encoded(&text, encoding.name(), bom);
        (encoding, text, bytes)
    })
}

#[test]
fn what_does_not_change_is_the_same_bytes() {
    for (encoding, text, bytes) in all() {
        assert!(text.len() > 30 && text.contains('\0') && text.contains("\r\n"), "{encoding}");
        let mut command = jianfan(NO_CHANGE.split(' '));
        command.args(["--encoding", encoding.name(), "--output-encoding", "keep"]);
        let run = command.write_stdin(bytes.clone()).assert().success();
        assert!(run.get_output().stdout == bytes, "{encoding}");
    }
}

/// In the byte order that it is read in without one.
#[test]
fn no_mark_is_added() {
    for (label, order) in [("utf-16", "utf-16le"), ("utf-32", "utf-32le")] {
        let bytes = encoded("頭髮\n", order, false);
        let arguments = ["-c", "s2t", "--encoding", label, "--output-encoding", "keep"];
        jianfan(arguments).write_stdin(bytes.clone()).assert().success().stdout(bytes);
    }
}

#[test]
fn files_that_change_keep_encoding_and_mark() {
    for (encoding, _, bytes) in all() {
        let folder = Folder::with(&[("a.txt", &bytes), ("x.txt", b"x-y\tz\n")]);
        let run =
            |options: &str| folder.jianfan(&format!("--encoding {encoding} {options}")).assert();
        run(&format!("{NO_CHANGE} --check a.txt")).code(0).stdout("");
        run(&format!("{NO_CHANGE} --diff a.txt")).success().stdout("");
        run(&format!("{NO_CHANGE} -w a.txt")).success();
        assert!(folder.bytes("a.txt") == bytes, "{encoding}");
        run(&format!("{A_CHANGE} --check a.txt")).code(1);
        run(&format!("{A_CHANGE} -w a.txt")).success().stderr("");
        // What stands for x-y in these bytes is at the beginning, behind the mark.
        let (before, after) = (unmarked("<p>x-y", encoding), unmarked("<p>z", encoding));
        let at = bytes.windows(before.len()).position(|window| window == before).unwrap();
        let expected = [&bytes[..at], &after, &bytes[at + before.len()..]].concat();
        assert!(folder.bytes("a.txt") == expected, "{encoding}");
    }
}

fn unmarked(text: &str, encoding: Encoding) -> Vec<u8> {
    let bytes = encoded(text, encoding.name(), false);
    bytes.strip_prefix(encoding.bom()).map(<[u8]>::to_vec).unwrap_or(bytes)
}

/// Shift_JIS has two codes for ≒, of which only one is written.
#[test]
fn a_file_whose_text_stays_keeps_its_bytes() {
    let bytes = b"\x87\x90\x88\xEA\r\n";
    assert_eq!(encoded("≒一\r\n", "shift_jis", false), b"\x81\xE0\x88\xEA\r\n");
    let folder = Folder::with(&[("a.txt", bytes)]);
    folder.jianfan("-c s2t --encoding shift_jis --check a.txt").assert().code(0);
    folder.jianfan("-c s2t --encoding shift_jis -w a.txt").assert().success();
    assert_eq!(folder.bytes("a.txt"), bytes);
}

/// They are lost where the text changes, not otherwise; and it is said.
#[test]
fn malformed_bytes() {
    let unchanged = b"\xE9\xA0\xAD\xFF\xFE\n";
    let changed = b"\xE5\xA4\xB4\xFF\n";
    let folder = Folder::with(&[("a.txt", unchanged), ("b.txt", changed)]);
    folder.jianfan("-c s2t --encoding utf-8 -w a.txt b.txt").assert().code(2);
    assert_eq!(
        (folder.bytes("a.txt"), folder.bytes("b.txt")),
        (unchanged.to_vec(), changed.to_vec())
    );
    let run = folder.jianfan("-c s2t --encoding utf-8 --malformed replace -w a.txt b.txt").assert();
    run.success().stderr(
        "jianfan: a.txt: 2 malformed sequences read as U+FFFD, the first at byte 3\n\
         jianfan: b.txt: 1 malformed sequence read as U+FFFD, the first at byte 3\n\
         jianfan: 1 converted, 1 unchanged; encodings: 2 utf-8\n",
    );
    assert_eq!(folder.bytes("a.txt"), unchanged);
    assert_eq!(folder.read("b.txt"), "頭\u{fffd}\n");
}

/// But an encoding that has no U+FFFD can't take them.
#[test]
fn malformed_bytes_that_have_no_substitute() {
    let bytes = [encoded("裏", "big5", false), b"\xFF\n".to_vec()].concat();
    let folder = Folder::with(&[("a.txt", &bytes)]);
    let arguments = "-c t2tw --encoding big5 --malformed replace -w a.txt";
    let run = folder.jianfan(arguments).assert().code(2);
    let stderr = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(stderr.contains("(U+FFFD) at line 1, column 2;"), "{stderr}");
    assert_eq!(folder.bytes("a.txt"), bytes);
}
