//! Documents that say which encoding they are in.

use std::io::Write;
use std::process::{Command, Stdio};

use super::support::{Folder, encoded, jianfan};

/// A page, and as it is in Taiwan.
fn page(label: &str) -> (String, String) {
    let page = |language: &str, title: &str| {
        format!(
            "<!DOCTYPE html>\r\n<html lang={language}>\n<head>\n<meta charset=\"{label}\">\n\
             <title>{title}</title>\n<p>charset=gb2312\0"
        )
    };
    (page("zh", "头发"), page("zh", "頭髮"))
}

/// Encoding and label of the input, of the output.
const CHANGES: &[[&str; 4]] = &[
    ["gb18030", "gb2312", "utf-8", "utf-8"],
    ["gb18030", "GB2312", "big5", "big5"],
    ["gb18030", "gb2312", "gbk", "gb2312"],
    ["gb18030", "GBK", "shift_jis", "shift_jis"],
    ["gbk", "gb2312", "gb18030", "gb18030"],
    ["gbk", "gb2312", "utf-16", "utf-16"],
    ["utf-8", "UTF-8", "gb18030", "gb18030"],
    ["utf-16le", "utf-16", "utf-8", "utf-8"],
    ["utf-16le", "utf-16", "utf-16be", "utf-16"],
    ["utf-32", "UTF-32", "utf-8", "utf-8"],
    ["gb18030", "utf8", "utf-8", "utf8"],
];

#[test]
fn corrected_where_the_encoding_changes() {
    for [input, label, output, corrected] in CHANGES {
        let folder = Folder::with(&[("a.html", &encoded(&page(label).0, input, false))]);
        let run = |options: &str| {
            let encodings = format!("--encoding {input} --output-encoding {output}");
            folder.jianfan(&format!("-c s2t {encodings} {options}")).assert().success();
        };
        run("a.html -o b.html --keep-declaration");
        run("a.html -o c.html");
        run("-w a.html");
        let bytes = |label| encoded(&page(label).1, output, false);
        assert!(folder.bytes("b.html") == bytes(label), "{input} {output}");
        assert!(folder.bytes("c.html") == bytes(corrected), "{input} {output}");
        assert!(folder.bytes("a.html") == bytes(corrected), "{input} {output}");
    }
}

/// However wrong it is.
#[test]
fn left_alone_where_the_encoding_stays() {
    for (encoding, label) in [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("utf-16le", "big5")] {
        let page = |title: &str| {
            encoded(&format!("<meta charset={label}><title>{title}</title>"), encoding, false)
        };
        let folder = Folder::with(&[("a.html", &page("頭髮"))]);
        for output in ["keep", encoding] {
            let options = format!("-c t2s --encoding {encoding} --output-encoding {output}");
            folder.jianfan(&format!("{options} a.html -o b.html")).assert().success();
            assert!(folder.bytes("b.html") == page("头发"), "{encoding}");
        }
        folder.jianfan(&format!("-c t2s --encoding {encoding} -w a.html")).assert().success();
        assert!(folder.bytes("a.html") == page("头发"), "{encoding}");
    }
    let wrong = "<meta charset=gb2312>頭";
    jianfan(["-c", "t2s"]).write_stdin(wrong).assert().stdout("<meta charset=gb2312>头");
}

/// With a head so long that it goes before the encoding is known.
#[test]
fn detected_and_corrected() {
    for head in [0, 10, 300] {
        let page =
            format!("<html>\n<meta charset=Big5>\n{}<p>", "<link rel=stylesheet>\n".repeat(head));
        let bytes = encoded(&format!("{page}頭髮，網路"), "big5", false);
        let expected = page.replace("Big5", "utf-8") + "头发，网络";
        jianfan(["-f", "tw", "-t", "cn"])
            .write_stdin(bytes.clone())
            .assert()
            .stdout(expected.clone());
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianfan"));
        command.args(["-f", "tw", "-t", "cn"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let reader = std::thread::spawn(move || child.wait_with_output().unwrap());
        bytes.iter().for_each(|byte| stdin.write_all(&[*byte]).unwrap());
        drop(stdin);
        assert!(reader.join().unwrap().stdout == expected.as_bytes(), "{head}");
    }
}

#[test]
fn a_diff_shows_it_and_a_check_counts_it() {
    let bytes = encoded("<?xml version=\"1.0\" encoding=\"big5\"?>\n<a>中文</a>\n", "big5", false);
    let folder = Folder::with(&[("a.xml", &bytes)]);
    let run =
        |action: &str| folder.jianfan(&format!("-c t2s --encoding big5 {action} a.xml")).assert();
    run("--diff").stdout("");
    run("--check").code(0);
    let change = "-<?xml version=\"1.0\" encoding=\"big5\"?>\n+<?xml version=\"1.0\" encoding=\"gb18030\"?>\n";
    let header = "--- a.xml\n+++ a.xml\n@@ -1,2 +1,2 @@\n";
    run("--diff --output-encoding gb18030").stdout(format!("{header}{change} <a>中文</a>\n"));
    run("--check --output-encoding gb18030").code(1);
}

#[test]
fn a_novel_is_no_style_sheet() {
    for text in [
        "@charset 是一條規則。",
        "@charset \"gbk\" 是一條規則。",
        "他寫 <meta charset=\"gbk\">。",
        " @charset \"gbk\";中",
    ] {
        let bytes = encoded(text, "gb18030", false);
        let mut command = jianfan(["-c", "s2t", "--encoding", "gb18030"]);
        command.write_stdin(bytes).assert().success().stdout(text);
    }
    let style = encoded("@charset \"gbk\";\np::after { content: '中' }", "gb18030", false);
    let mut command = jianfan(["-c", "s2t", "--encoding", "gb18030"]);
    command.write_stdin(style).assert().stdout("@charset \"utf-8\";\np::after { content: '中' }");
}
