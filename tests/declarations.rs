//! What documents say of their own encoding: found, weighed, corrected.
#![cfg(feature = "encoding")]

use jianfan::encoding::{Declaration, Detector, Encoder, Encoding, Relabel, Unmappable};
use proptest::prelude::*;

/// Documents, each with the label that counts.
const DECLARED: &[(&str, &str)] = &[
    ("<meta charset=gb2312>", "gb2312"),
    ("<META CHARSET='GB2312'>", "GB2312"),
    ("<meta\n  charset = \"gb2312\" />", "gb2312"),
    ("<meta/charset=gb2312>", "gb2312"),
    ("<meta charset=gb2312/>", ""),
    ("\r\n \t<!DOCTYPE html>\n<html lang=zh><head><meta charset=\"big5\">", "big5"),
    ("<meta charset=\" big5\t\">", "big5"),
    ("<meta name=x charset=big5>", "big5"),
    ("<meta name=a><meta charset=big5><meta charset=gbk>", "big5"),
    ("<meta charset=klingon><meta charset=gbk>", "gbk"),
    ("<meta charset={{label}}>", ""),
    ("<meta charset>", ""),
    ("<meta charset=''>", ""),
    ("<meta charset=big5 charset=gbk>", "big5"),
    ("<meta charset=big5", ""),
    ("<metadata charset=big5>", ""),
    ("</meta charset=big5>", ""),
    ("<META http-equiv=Content-Type content='text/html; charset=big5'>", "big5"),
    ("<meta content=\"text/html;charset=gb2312\" http-equiv=\"content-type\">", "gb2312"),
    ("<meta http-equiv=content-type content='charset charset = \"gbk\"; x'>", "gbk"),
    ("<meta http-equiv=content-type content='text/html; charset=\"gbk'>", ""),
    ("<meta http-equiv=content-type content='text/html; charset=gbk;x'>", "gbk"),
    ("<meta http-equiv=content-type content='text/html; charset'>", ""),
    ("<meta http-equiv=refresh content='text/html; charset=gbk'>", ""),
    ("<meta content='text/html; charset=gbk'>", ""),
    ("<meta http-equiv=content-type content='x; charset=gbk' charset=big5>", "big5"),
    ("<!-- <meta charset=gbk> --><meta charset=big5>", "big5"),
    ("<!--><meta charset=big5>", "big5"),
    ("<!-- <meta charset=gbk>", ""),
    ("<a title=\"<meta charset=gbk>\"><meta charset=big5>", "big5"),
    ("<? <meta charset=gbk><meta charset=big5>", "big5"),
    ("<!doctype <meta charset=gbk><meta charset=big5>", "big5"),
    ("< meta charset=gbk>< <meta charset=big5>", "big5"),
    ("中文 <meta charset=big5>", ""),
    ("Write <meta charset=big5>.", ""),
    ("<p>中文<meta charset=big5>", "big5"),
    ("<?xml version=\"1.0\" encoding=\"big5\"?><a/>", "big5"),
    ("<?xml version='1.0' encoding = 'GB18030' standalone='yes' ?>", "GB18030"),
    ("<?xml version=\"1.0\"?><html><meta charset=big5>", "big5"),
    ("<?xml-stylesheet encoding=\"big5\"?>", ""),
    ("<?XML version=\"1.0\" encoding=\"big5\"?>", ""),
    (" <?xml version=\"1.0\" encoding=\"big5\"?>", ""),
    ("<?xml version=\"1.0\" encoding=\"big5\"", ""),
    ("@charset \"big5\";", "big5"),
    ("@charset \"big5\";<meta charset=gbk>", "big5"),
    ("@charset \"big5\" ;", ""),
    ("@charset 'big5';", ""),
    ("@charset  \"big5\";", ""),
    ("@CHARSET \"big5\";", ""),
    (" @charset \"big5\";", ""),
    ("@charset \"big5", ""),
    ("@charset \"中文\";", ""),
    ("@charset \"big5\"", ""),
    ("@charset", ""),
    ("", ""),
    ("<", ""),
    (" ", ""),
];

#[test]
fn found() {
    for (document, label) in DECLARED {
        let found = Declaration::find(document.as_bytes());
        let found_label = found.as_ref().map_or("", |found| found.label.as_str());
        assert_eq!(found_label, *label, "{document}");
        if let Some(found) = found {
            assert_eq!(&document[found.range], *label, "{document}");
        }
    }
}

#[test]
fn in_the_first_1024_bytes() {
    let meta = "<meta charset=big5>";
    for (before, is_found) in [(1024 - meta.len(), true), (1025 - meta.len(), false)] {
        let document = format!("<p>{}{meta}", "-".repeat(before - 3));
        assert_eq!(Declaration::find(document.as_bytes()).is_some(), is_found, "{before}");
    }
}

#[test]
fn what_labels_mean() {
    let cases = [
        ("gb2312", Encoding::GB18030),
        ("GBK", Encoding::GB18030),
        ("utf-16", Encoding::UTF_8),
        ("big5-hkscs", "big5-hkscs".parse().unwrap()),
        ("iso-8859-1", Encoding::WINDOWS_1252),
    ];
    for (label, encoding) in cases {
        let document = format!("<meta charset={label}>");
        assert_eq!(Declaration::find(document.as_bytes()).unwrap().encoding, encoding, "{label}");
    }
}

/// And no name has a character that XML does not allow in a label.
#[test]
fn declared_names_are_labels() {
    for &encoding in Encoding::all() {
        let name = encoding.declared_name();
        assert!(name.starts_with(|first: char| first.is_ascii_alphabetic()), "{name}");
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)));
        let read: Encoding = name.parse().unwrap();
        assert_eq!(read.declared_name(), name, "{encoding}");
        let others = ["ascii", "utf-16le", "utf-16be", "utf-32le", "utf-32be", "cp950", "big5-uao"];
        assert!(read == encoding || others.contains(&encoding.name()), "{encoding}: {name}");
    }
    let names = [Encoding::UTF_8, Encoding::GBK, Encoding::BIG5, Encoding::UTF_32BE];
    assert_eq!(names.map(Encoding::declared_name), ["utf-8", "gbk", "big5", "utf-32"]);
}

/// `text` relabelled, whole; `input` is known from its first character beyond ASCII on.
fn relabel(text: &str, input: Encoding, output: Encoding) -> String {
    relabel_pieces(&[text], input, output)
}

fn relabel_pieces(pieces: &[&str], input: Encoding, output: Encoding) -> String {
    let (mut relabel, mut out) = (Relabel::new(output), String::new());
    let mut known = None;
    for piece in pieces {
        if !piece.is_ascii() {
            known = Some(input);
        }
        relabel.push(piece, known, &mut out);
    }
    relabel.finish(Some(input), &mut out);
    out
}

#[test]
fn the_label_is_replaced_and_nothing_else() {
    for (document, label) in DECLARED {
        for text in
            [document.to_string(), format!("{document}\r\n中文\0"), format!("{document}中<")]
        {
            let result = relabel(&text, Encoding::BIG5, Encoding::UTF_8);
            let Some(found) = Declaration::find(text.as_bytes()) else {
                assert_eq!(result, text);
                continue;
            };
            assert_eq!(found.label, *label);
            let (before, behind) = (&text[..found.range.start], &text[found.range.end..]);
            let rest = result.strip_prefix(before).unwrap().strip_prefix("utf-8").unwrap();
            assert!(rest == behind || behind.contains("<meta charset=gbk>"), "{document}: {rest}");
        }
    }
}

#[test]
fn each_declaration_of_a_document_is_corrected() {
    let document = |label: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{label}\"?>\n<html><head>\n\
             <meta http-equiv=\"Content-Type\" content=\"text/html; charset={label}\" />\n\
             <!-- charset={label} in old files -->\n<title>charset=Big5</title>中文"
        )
    };
    let (from, to) = (document("Big5"), document("gb18030"));
    let to = to.replace("<!-- charset=gb18030", "<!-- charset=Big5");
    assert_eq!(relabel(&from, Encoding::BIG5, Encoding::GB18030), to);
}

#[test]
fn a_label_that_is_right_stays_as_it_is_written() {
    let cases = [
        ("UTF8", Encoding::UTF_8),
        ("GB2312", Encoding::GBK),
        ("Big5", Encoding::BIG5),
        ("UTF-16", Encoding::UTF_16LE),
        ("unicode-1-1-utf-8", Encoding::UTF_8),
    ];
    for (label, output) in cases {
        let text = format!("<meta charset={label}>中文");
        assert_eq!(relabel(&text, Encoding::SHIFT_JIS, output), text);
    }
}

/// Even if it is wrong.
#[test]
fn it_stays_where_the_encoding_stays() {
    let text = "<meta charset=big5>中文";
    assert_eq!(relabel(text, Encoding::UTF_8, Encoding::UTF_8), text);
    let long = format!("<meta charset=big5>{}中", "-".repeat(1024 - 20));
    assert_eq!(relabel(&long, Encoding::UTF_8, Encoding::UTF_8), long);
}

/// Whose encoding is not known: it comes behind the window, or not at all.
#[test]
fn ascii_counts_as_what_it_declares() {
    let ascii = format!("<meta charset=big5>{}", "-".repeat(1024 - 19));
    for text in [ascii.clone(), ascii.clone() + "中", ascii[..100].to_owned()] {
        for input in [Encoding::BIG5, Encoding::ASCII, Encoding::UTF_8] {
            let corrected = text.replacen("big5", "utf-8", 1);
            assert_eq!(relabel(&text, input, Encoding::UTF_8), corrected);
        }
    }
}

#[test]
fn no_more_is_held_than_must_be() {
    let cases: [(&str, &str); 9] = [
        ("Text", "Text"),
        ("中", "中"),
        ("@charset \"x y", "@charset \"x y"),
        ("@charset \"bi", ""),
        ("<p>text<p>te", "<p>text<p>te"),
        ("<p>text<p cl", "<p>text"),
        ("<p><meta charset=utf-8>text", "<p><meta charset=utf-8>text"),
        // The encoding may turn out to be UTF-8.
        ("<p><meta charset=gbk>text", "<p>"),
        ("<p><meta charset=gbk>中", "<p><meta charset=utf-8>中"),
    ];
    for (text, passed) in cases {
        let mut out = String::new();
        let known = (!text.is_ascii()).then_some(Encoding::GBK);
        Relabel::new(Encoding::UTF_8).push(text, known, &mut out);
        assert_eq!(out, passed);
    }
    let mut out = String::new();
    let mut relabel = Relabel::new(Encoding::UTF_8);
    let text = "<!-- 中".to_owned() + &"-".repeat(1024);
    relabel.push(&text, Some(Encoding::GBK), &mut out);
    assert_eq!(out, text);
}

fn detect(bytes: &[u8]) -> Encoding {
    let mut detector = Detector::new();
    detector.push(bytes);
    detector.finish().encoding
}

fn encode(encoding: Encoding, text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    Encoder::new(encoding, Unmappable::Error, false).encode(text, &mut bytes).unwrap();
    bytes
}

/// Too short a text to tell, behind ASCII that has passed on, and in pieces.
#[test]
fn detection_takes_the_hint() {
    for (label, text) in [
        ("gb18030", "亞"),
        ("gb18030", "一亞三"),
        ("big5", "亞"),
        ("big5", "一亞三"),
        ("big5-hkscs", "亞"),
        ("big5-hkscs", "咗喺"),
        ("cp950", "亞"),
        ("big5-uao", "亞"),
        ("euc-tw", "一亞三"),
        ("shift_jis", "亞"),
        ("euc-jp", "案内"),
        ("euc-kr", "안내"),
        ("windows-1250", "é"),
        ("iso-8859-2", "é"),
        ("koi8-u", "їжа"),
    ] {
        let encoding = label.parse().unwrap();
        for filler in ["", "<link rel=stylesheet>\n".repeat(20).as_str()] {
            let page = format!("<html><meta charset={label}>{filler}<b>{text}</b>");
            let bytes = encode(encoding, &page);
            assert_eq!(detect(&bytes), encoding, "{label} {text}");
            let mut detector = Detector::new();
            bytes.chunks(1).for_each(|byte| detector.push(byte));
            assert_eq!(detector.finish().encoding, encoding, "{label} {text}");
        }
    }
}

/// Of bulletin boards, which is not declared as such, and with what only it has.
#[test]
fn big5_may_be_any_big5() {
    let page = "<meta charset=big5>推 ♥ のいテ 测试一下，这个字没有，頭髮很長，請多指教。";
    assert_eq!(detect(&encode(Encoding::BIG5_UAO, page)), Encoding::BIG5_UAO);
}

#[test]
fn a_hint_overrules_nothing_that_is_evident() {
    let page = |label: &str| format!("<html><meta charset={label}><title>中文網頁</title>");
    assert_eq!(detect(page("big5").as_bytes()), Encoding::UTF_8);
    let marked = [b"\xFF\xFE".to_vec(), encode(Encoding::UTF_16LE, &page("big5"))].concat();
    assert_eq!(detect(&marked), Encoding::UTF_16LE);
    // Malformed in the encoding that it declares, or declared by a server's default.
    let text = "简体中文网页，頭髮，软件，网络";
    for label in ["utf-8", "big5", "iso-8859-1", "windows-1251"] {
        let page = page(label) + text;
        assert_eq!(detect(&encode(Encoding::GB18030, &page)), Encoding::GB18030, "{label}");
    }
}

/// Bits of documents, so that most cases hold one.
fn document() -> impl Strategy<Value = String> {
    let bits = [
        "<",
        ">",
        "<meta ",
        "charset",
        "=",
        "\"",
        "'",
        "gbk",
        "big5",
        "utf-8",
        ";",
        "<!--",
        "-->",
        "<?xml ",
        "encoding",
        "?>",
        "@charset \"",
        "\";",
        " ",
        "\n",
        "中",
        "x",
        "/",
        "content",
        "http-equiv",
        "content-type",
        "<meta charset=gbk>",
        "<p>",
    ];
    let long = "long text, ".repeat(30);
    let bit = prop_oneof![
        20 => proptest::sample::select(bits.to_vec()).prop_map(str::to_owned),
        1 => Just(long),
    ];
    proptest::collection::vec(bit, 0..40).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn no_cut_shows(text in document(), cuts in proptest::collection::vec(0..=1000usize, 0..6), same: bool) {
        let input = if same { Encoding::UTF_8 } else { Encoding::GBK };
        let whole = relabel(&text, input, Encoding::UTF_8);
        let mut places: Vec<usize> = cuts.iter().map(|cut| text.floor_char_boundary(cut * text.len() / 1000)).collect();
        places.sort();
        places.push(text.len());
        let mut start = 0;
        let mut pieces = Vec::new();
        for place in places {
            pieces.push(&text[start..place]);
            start = place;
        }
        prop_assert_eq!(&relabel_pieces(&pieces, input, Encoding::UTF_8), &whole);
        let characters: Vec<String> = text.chars().map(String::from).collect();
        let characters: Vec<&str> = characters.iter().map(String::as_str).collect();
        prop_assert_eq!(&relabel_pieces(&characters, input, Encoding::UTF_8), &whole);
    }

    #[test]
    fn what_is_corrected_stays(text in document()) {
        let once = relabel(&text, Encoding::GBK, Encoding::UTF_8);
        prop_assert_eq!(relabel(&once, Encoding::GBK, Encoding::UTF_8), once);
    }

    #[test]
    fn any_bytes_may_come(bytes in proptest::collection::vec(any::<u8>(), 0..200), document in document()) {
        let _ = Declaration::find(&bytes);
        let mixed = [document.as_bytes(), &bytes, document.as_bytes()].concat();
        if let Some(found) = Declaration::find(&mixed) {
            prop_assert_eq!(&mixed[found.range], found.label.as_bytes());
        }
    }
}
