//! The tables of regional words, of spellings and of house styles: well-formed, in order, and each
//! row does what it says in a sentence.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use jianfan::Locale::{self, *};
use jianfan::conversion::ConverterBuilder;
use jianfan::{Converter, dictionary};
use support::locales::{read, rows};

const REGIONS: &str = "dictionaries/regions/words.tsv";
const DIRECTIONS: [&str; 6] = ["cn>tw", "cn>hk", "tw>cn", "hk>cn", "tw>hk", "hk>tw"];

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
    check_lines(REGIONS);
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

#[test]
fn regional_words_have_their_columns() {
    for row in rows(REGIONS) {
        assert!(row.len() == 4 || row.len() == 5, "{row:?}");
        let directions: Vec<_> = row[3].split(',').collect();
        let known = directions.iter().map(|one| DIRECTIONS.iter().position(|other| one == other));
        let known: Option<Vec<_>> = known.collect();
        let known = known.unwrap_or_else(|| panic!("unknown direction: {row:?}"));
        assert!(known.is_sorted_by(|a, b| a < b), "directions in order, each once: {row:?}");
        assert!(!row[..3].concat().contains(' '), "{row:?}");
    }
}

/// Two rows that would replace the same word on the same way.
#[test]
fn no_word_is_replaced_in_two_ways() {
    let to_simplified = Converter::config("t2s").expect("built in");
    let mut seen = BTreeMap::new();
    for row in rows(REGIONS) {
        for direction in row[3].split(',') {
            let [from, _] = ends(direction);
            let key = to_simplified.convert(&word(&row, from)).into_owned();
            let before = seen.insert((direction.to_owned(), key), row.clone());
            assert_eq!(before, None, "and {row:?}, {direction}");
        }
    }
}

fn ends(direction: &str) -> [Locale; 2] {
    let place = |name| match name {
        "cn" => ZhCn,
        "tw" => ZhTw,
        "hk" => ZhHk,
        other => panic!("no place {other}"),
    };
    let (from, to) = direction.split_once('>').expect("an arrow");
    [place(from), place(to)]
}

/// The row's word at the place: that of the mainland in the characters of the place if it has none
/// of its own.
fn word(row: &[String], place: Locale) -> String {
    let (column, config) = match place {
        ZhTw => (1, "s2tw"),
        ZhHk => (2, "s2hk"),
        _ => return row[0].clone(),
    };
    match row[column].as_str() {
        "-" => Converter::config(config).expect("built in").convert(&row[0]).into_owned(),
        word => word.to_owned(),
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

/// Converts `key` in a sentence from a place to another: what it should have become but didn't.
fn check(
    converter: &Converter,
    [from, to]: [Locale; 2],
    key: &str,
    value: &str,
) -> Option<(Wrong, String)> {
    let once = converter.convert(&sentence(from, key)).into_owned();
    if once != sentence(to, value) {
        return Some((Wrong::Value, once));
    }
    let twice = converter.convert(&once).into_owned();
    (twice != once).then_some((Wrong::Again, twice))
}

fn between([from, to]: [Locale; 2]) -> ConverterBuilder {
    Converter::builder().locales(from, to)
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
fn regional_words_come_out_and_stay() {
    let converters: BTreeMap<_, _> = DIRECTIONS
        .into_iter()
        .map(|direction| (direction, between(ends(direction)).build().expect("no tables")))
        .collect();
    let mut found = Vec::new();
    for row in rows(REGIONS) {
        for direction in row[3].split(',') {
            let ends = ends(direction);
            let [key, value] = ends.map(|place| word(&row, place));
            if let Some((wrong, output)) = check(&converters[direction], ends, &key, &value) {
                found.push((
                    format!("{direction} {}", row[0]),
                    format!("{wrong:?}: {key} must be {value}: {output}"),
                ));
            }
        }
    }
    compare(&found, KNOWN_WORDS);
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
        for &from in places {
            let converter = between([from, to]).build().expect("no tables");
            for row in rows(&format!("dictionaries/orthography/{file}")) {
                if let Some((wrong, output)) = check(&converter, [from, to], &row[0], &row[1]) {
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

/// Rows that don't come out as they say, each with its direction.
const KNOWN_WORDS: &[&str] = &[
    "hk>tw 加湿器",
    "cn>tw 厘米波",
    "hk>tw 厘米波",
    "cn>tw 台球员",
    "cn>hk 台球员",
    "hk>tw 台球员",
    "cn>tw 台球迷",
    "cn>hk 台球迷",
    "hk>tw 台球迷",
    "tw>hk 里姆斯基-科萨科夫",
    "hk>tw 除湿机",
];

/// Spellings that don't come out, each with its file and the place that the text is from.
const KNOWN_SPELLINGS: &[&str] = &[
    "zh-CN.txt zh-TW 蒐尋",
    "zh-CN.txt zh-HK 蒐尋",
    "zh-TW.txt zh-CN 蒐索",
    "zh-TW.txt zh-HK 網上遊戲",
    "zh-TW.forms.txt zh-TW 枱",
    "zh-TW.forms.txt zh-TW 麫",
    "zh-TW.forms.txt zh-HK 枱",
    "zh-TW.forms.txt zh-HK 麫",
    "zh-TW.forms.txt zh-Hant 枱",
    "zh-TW.forms.txt zh-Hant 麫",
];
