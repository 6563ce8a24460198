//! Input and output in other encodings than UTF-8, and input that is no text.

use super::support::{Folder, SIMPLIFIED, encoded, jianfan};
use jianfan::Converter;

#[test]
fn detected_and_written_as_utf_8() {
    let expected = Converter::config("s2twp").unwrap().convert(SIMPLIFIED).into_owned();
    for (label, bom) in
        [("gb18030", false), ("utf-16le", true), ("utf-16be", true), ("utf-32le", true)]
    {
        let bytes = encoded(SIMPLIFIED, label, bom);
        jianfan(["-c", "s2twp"]).write_stdin(bytes).assert().success().stdout(expected.clone());
    }
}

#[test]
fn kept_in_place_with_its_mark() {
    let converted = Converter::config("s2twp").unwrap().convert(SIMPLIFIED).into_owned();
    for (label, bom) in [
        ("utf-8", true),
        ("utf-8", false),
        ("gb18030", false),
        ("gb18030", true),
        ("utf-16le", true),
        ("utf-16be", true),
        ("utf-32be", true),
    ] {
        let folder = Folder::with(&[("a.txt", &encoded(SIMPLIFIED, label, bom))]);
        folder.jianfan("-c s2twp -w a.txt").assert().success();
        assert!(folder.bytes("a.txt") == encoded(&converted, label, bom), "{label}");
    }
}

#[test]
fn there_and_back() {
    let folder = Folder::with(&[("a.txt", SIMPLIFIED.as_bytes())]);
    let expected = Converter::config("t2s").unwrap().convert(SIMPLIFIED).into_owned();
    for label in ["gb18030", "gbk", "utf-16", "utf-16le", "utf-32", "utf-8"] {
        folder
            .jianfan(&format!("-c t2s a.txt -o b.txt --output-encoding {label}"))
            .assert()
            .success();
        folder
            .jianfan(&format!("-c t2s b.txt --encoding {label}"))
            .assert()
            .stdout(expected.clone());
    }
}

/// A utf-8 mark is text to OpenCC, and stays; a result in another encoding has none.
#[test]
fn a_mark_stays_if_the_encoding_does() {
    jianfan(["-c", "s2t"]).write_stdin("\u{feff}头发").assert().stdout("\u{feff}頭髮");
    jianfan(["-c", "s2t"]).write_stdin("\u{feff}").assert().stdout("\u{feff}");
    let bytes = encoded("头发", "utf-16le", true);
    jianfan(["-c", "s2t"]).write_stdin(bytes).assert().stdout("頭髮");
}

/// An ASCII file is UTF-8 too, and may become Chinese.
#[test]
fn ascii_that_is_kept_may_grow() {
    let ascii = "disk ".repeat(50);
    let folder = Folder::with(&[("a.txt", ascii.as_bytes()), ("x.txt", "disk\t磁盤\n".as_bytes())]);
    folder.jianfan("-c s2t --table x.txt -w a.txt").assert().success();
    assert_eq!(folder.read("a.txt"), "磁盤 ".repeat(50));
}

/// The head is ASCII and comes out before the encoding is known.
#[test]
fn what_becomes_of_an_ascii_head_waits_for_the_encoding() {
    let text = "disk ".repeat(50) + SIMPLIFIED;
    let table = ("x.txt", "disk\t磁盤\n".as_bytes());
    let folder = Folder::with(&[("a.txt", &encoded(&text, "gb18030", false)), table]);
    folder.jianfan("-c t2s --table x.txt -w a.txt").assert().success();
    let expected = "磁盤 ".repeat(50) + &Converter::config("t2s").unwrap().convert(SIMPLIFIED);
    assert_eq!(folder.bytes("a.txt"), encoded(&expected, "gb18030", false));
}

#[test]
fn malformed_input_is_refused_with_its_place() {
    let cases: [(&[u8], &str, &str); 3] = [
        (b"\xE5\xA4\xB4\xE5\x8F\x91\xFF", "utf-8", "malformed utf-8 at byte 6; name another"),
        (b"\xE5\xA4\xB4\xE5\x8F", "utf-8", "ends inside a character of utf-8 at byte 3; name"),
        (b"\x34\x59\x00\xD8\x34\x59", "utf-16le", "malformed utf-16le at byte 2; name"),
    ];
    for (bytes, label, problem) in cases {
        let mut command = jianfan(["-c", "s2t", "--encoding", label]);
        let output = command.write_stdin(bytes).assert().code(2).get_output().clone();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with(&format!("jianfan: <stdin>: {problem}")), "{stderr}");
        assert!(output.stdout.starts_with("頭".as_bytes()), "what came before is converted");
        let mut command = jianfan(["-c", "s2t", "--encoding", label, "--malformed", "replace"]);
        let output = command.write_stdin(bytes).assert().success().get_output().clone();
        assert!(String::from_utf8(output.stdout).unwrap().contains('\u{fffd}'));
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with("jianfan: <stdin>: 1 malformed sequence read as U+FFFD, the "));
    }
}

/// It would be no help to show what can't be written.
#[test]
fn a_diff_fails_where_writing_would() {
    let folder = Folder::with(&[("a.txt", "头\u{3400}\n".as_bytes())]);
    let run = |action: &str| {
        let arguments = format!("-c s2t --output-encoding big5 {action} a.txt");
        folder.jianfan(&arguments).assert().get_output().clone()
    };
    let (diff, write) = (run("--diff"), run("-w"));
    assert_eq!((diff.status.code(), diff.stdout), (Some(2), Vec::new()));
    assert_eq!(diff.stderr, write.stderr);
    let diff = String::from_utf8(run("--diff --unmappable entity").stdout).unwrap();
    assert!(diff.ends_with("-头\u{3400}\n+頭&#x3400;\n"), "{diff}");
    for (label, bom) in [("gb18030", false), ("utf-16le", true), ("utf-8", true)] {
        let folder = Folder::with(&[("a.txt", &encoded("汉字\n头\n", label, bom))]);
        let arguments = format!("-c s2t --diff --encoding {label} a.txt");
        let run = folder.jianfan(&arguments).assert().success();
        run.stdout("--- a.txt\n+++ a.txt\n@@ -1,2 +1,2 @@\n-汉字\n-头\n+漢字\n+頭\n");
    }
}

/// Whatever encoding its bytes happen to fit.
#[test]
fn a_found_file_with_control_characters_is_no_text() {
    let text = encoded(SIMPLIFIED, "gb18030", false);
    let dos = [text.as_slice(), b"\x1A"].concat();
    let binary = [text.as_slice(), b"\x01\x02"].concat();
    let folder = Folder::with(&[("d/binary", &binary), ("d/dos.txt", &dos)]);
    let note =
        "jianfan: 1 converted, 0 unchanged, 1 skipped (1 binary file); encodings: 1 gb18030\n";
    folder.jianfan("-c s2t -w d").assert().success().stderr(note);
    assert_eq!(folder.bytes("d/binary"), binary);
    assert!(folder.bytes("d/dos.txt") != dos);
    folder.jianfan("-c s2t d/binary").assert().success();
}

#[test]
fn binary_data_is_refused() {
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0\x08\x06\0\0\0".repeat(100);
    let folder = Folder::with(&[("pictures/a.png", &png), ("pictures/b.txt", "头发".as_bytes())]);
    let output = folder.jianfan("-c s2t pictures/a.png").assert().code(2).get_output().clone();
    let problem = "jianfan: pictures/a.png: looks like binary data";
    assert!(String::from_utf8(output.stderr).unwrap().starts_with(problem));
    let note = "jianfan: 1 converted, 0 unchanged, 1 skipped (1 binary file); encodings: 1 utf-8\n";
    folder.jianfan("-c s2t -w pictures").assert().success().stderr(note);
    folder.jianfan("-c s2t -w pictures -q").assert().success().stderr("");
    assert_eq!(
        (folder.bytes("pictures/a.png"), folder.read("pictures/b.txt")),
        (png, "頭髮".to_owned())
    );
}
