//! The tables of spellings and of house styles: well-formed, in order, and each
//! row does what it says in a sentence.

mod support;

use std::collections::BTreeSet;

use jianfan::Locale::{self, *};
use jianfan::conversion::ConverterBuilder;
use jianfan::{Converter, dictionary};
use support::locales::{read, rows};

/// The tables of two columns.
fn tables(folder: &str) -> Vec<String> {
    let whole = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(whole).expect("the folder can be listed");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string());
    let mut paths: Vec<_> = names
        .map(|name| format!("{folder}/{}", name.expect("the name is ASCII")))
        .filter(|path| path.ends_with(".txt"))
        .collect();
    paths.sort();
    paths
}

fn two_columns() -> Vec<String> {
    [tables("dictionaries/orthography"), tables("dictionaries/house")].concat()
}

/// Lines end in LF and not in blanks, comments and empty lines stand where they may, keys are in
/// the order of their bytes and each stands there once.
fn check_lines(path: &str) {
    let text = read(path);
    assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}: the last line");
    assert!(!text.contains(['\r', '\u{feff}']), "{path}: no CR and no byte order mark");
    for line in text.lines() {
        assert_eq!(line.trim_end(), line, "{path}: blanks at the end of a line");
    }
    let rows = rows(path);
    assert!(!rows.is_empty(), "{path}: no rows");
    let keys: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
    for pair in keys.windows(2) {
        assert!(pair[0] < pair[1], "{path}: {} before {}", pair[0], pair[1]);
    }
    for row in &rows {
        for column in row {
            assert_eq!(column.trim(), column, "{path}: blanks around {column}");
            assert!(!column.is_empty(), "{path}: an empty column: {row:?}");
        }
    }
}

#[test]
fn the_lines_are_in_order() {
    two_columns().iter().for_each(|path| check_lines(path));
}

#[test]
fn rows_have_two_columns() {
    for path in two_columns() {
        for row in rows(&path) {
            assert_eq!(row.len(), 2, "{path}: {row:?}");
            assert!(!row.concat().contains(' '), "{path}: {row:?}");
        }
    }
}

/// A sentence that says nothing about the word in it.
fn sentence(place: Locale, word: &str) -> String {
    match place {
        ZhCn | ZhHans => format!("我们看到{word}了。"),
        _ => format!("我們看到{word}了。"),
    }
}

/// What was wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Wrong {
    /// It became something else.
    Value,
    /// The second time it became something else again.
    Again,
}

/// Converts `key` in a sentence from a place to another: what it should have become but didn't. None
/// of the `others` has anything left to do then.
fn check(
    converter: &Converter,
    others: &[Converter],
    [from, to]: [Locale; 2],
    key: &str,
    value: &str,
) -> Option<(Wrong, String)> {
    let once = converter.convert(&sentence(from, key)).into_owned();
    if once != sentence(to, value) {
        return Some((Wrong::Value, once));
    }
    let converters = std::iter::once(converter).chain(others);
    let mut twice = converters.map(|converter| converter.convert(&once).into_owned());
    twice.find(|twice| *twice != once).map(|twice| (Wrong::Again, twice))
}

fn between([from, to]: [Locale; 2]) -> ConverterBuilder {
    Converter::builder().locales(from, to).script_only(true)
}

/// Holds what is wrong against what is known to be.
fn compare(found: &[(String, String)], known: &[&str]) {
    let names: BTreeSet<_> = found.iter().map(|(name, _)| name.as_str()).collect();
    let known: BTreeSet<_> = known.iter().copied().collect();
    let new: Vec<_> = found.iter().filter(|(name, _)| !known.contains(name.as_str())).collect();
    let list: String = new.iter().map(|(name, what)| format!("{name}\t{what}\n")).collect();
    assert!(new.is_empty(), "{} rows don't do what they say:\n{list}", new.len());
    let healed: Vec<_> = known.difference(&names).collect();
    assert!(healed.is_empty(), "right now, so no longer known to be wrong: {healed:?}");
}

#[test]
fn spellings_come_out_and_stay() {
    let files: [(&str, Locale, &[Locale]); 5] = [
        ("zh-CN.txt", ZhCn, &[ZhTw, ZhHk, ZhHant]),
        ("zh-HK.txt", ZhHk, &[ZhCn, ZhTw, ZhHant]),
        ("zh-TW.txt", ZhTw, &[ZhCn, ZhHk, ZhHant]),
        ("zh-TW.traditional.txt", ZhTw, &[ZhHk, ZhHant]),
        ("zh-TW.forms.txt", ZhTw, &[ZhTw, ZhHk, ZhHant]),
    ];
    let mut found = Vec::new();
    for (file, to, places) in files {
        let anywhere = Converter::builder().to(to).script_only(true);
        let others = [between([to, to]), anywhere].map(|way| way.build().expect("no tables"));
        for &from in places {
            let converter = between([from, to]).build().expect("no tables");
            for row in rows(&format!("dictionaries/orthography/{file}")) {
                if let Some((wrong, output)) =
                    check(&converter, &others, [from, to], &row[0], &row[1])
                {
                    let name = format!("{file} {from} {}", row[0]);
                    found.push((name, format!("{wrong:?}: must be {}: {output}", row[1])));
                }
            }
        }
    }
    compare(&found, KNOWN_SPELLINGS);
}

/// What a house style writes, it leaves.
#[test]
fn house_styles_have_nothing_to_do_a_second_time() {
    for path in tables("dictionaries/house") {
        let table = dictionary::text::parse(&path, read(&path).as_bytes()).expect("well-formed");
        let converter = Converter::builder().table(table).build().expect("a small table");
        for row in rows(&path) {
            assert_eq!(converter.convert(&row[0]), row[1], "{path}");
            assert_eq!(converter.convert(&row[1]), row[1], "{path}: {}", row[0]);
        }
    }
}

/// Spellings that don't come out, each with its file and the place that the text is from; behind 手表明
/// the sentence goes on with 了, which is read as in 明瞭.
const KNOWN_SPELLINGS: &[&str] = &[
    "zh-HK.txt zh-CN 手表明",
    "zh-HK.txt zh-CN 電表明",
    "zh-TW.txt zh-CN 手表明",
    "zh-TW.forms.txt zh-TW 枱",
    "zh-TW.forms.txt zh-TW 麫",
    "zh-TW.forms.txt zh-HK 枱",
    "zh-TW.forms.txt zh-HK 麫",
    "zh-TW.forms.txt zh-Hant 枱",
    "zh-TW.forms.txt zh-Hant 麫",
];
