//! A user's own tables of concepts: read as the built-in ones are, and before them.

mod support;

use std::path::Path;

use jianfan::Converter;
use jianfan::Locale::{self, *};
use jianfan::conversion::{ConverterBuilder, Vocabulary};
use jianfan::dictionary::concepts::{self, ConceptTable};
use support::locales::rows;
use support::regions::concepts as builtin_concepts;
use support::stream::{character_by_character, streamed};

const HEADER: &str = "concept\tcn\ttw\thk\tsg\tmy\tmo\twhen\tnote\n";

fn table(name: &str, rows: &str) -> ConceptTable {
    let text = format!("# ours\n# {HEADER}{rows}");
    concepts::parse(name, text.as_bytes()).expect("a well-formed table")
}

fn builder(tables: &[&str]) -> ConverterBuilder {
    let add = |builder: ConverterBuilder, rows: &&str| builder.concepts(table("ours.tsv", rows));
    tables.iter().fold(Converter::builder(), add)
}

fn between(tables: &[&str], from: Locale, to: Locale) -> Converter {
    builder(tables).locales(from, to).build().expect("sound tables")
}

/// A place that has no word of its own in them, and senses, and a word that stays.
const SCREEN: &str = "screen\t大屏幕墙|大屏墙\t電視牆\t=\t\t大银幕\t\t\t\n";
const CLIENT: &str = "client\t甲方?\t業主\t\t\t\t\t建筑/工地 #law -~乙方\t\n";

#[test]
fn one_row_converts_in_all_directions() {
    let rows = [SCREEN];
    let cases = [
        (ZhCn, ZhTw, "看大屏墙。", "看電視牆。"),
        (ZhTw, ZhCn, "看電視牆。", "看大屏幕墙。"),
        (ZhTw, ZhHk, "看電視牆。", "看大屏幕牆。"),
        (ZhHk, ZhTw, "看大屏牆。", "看電視牆。"),
        (ZhHk, ZhCn, "看大屏牆。", "看大屏墙。"),
        (ZhSg, ZhTw, "看大屏墙。", "看電視牆。"),
        (ZhTw, ZhSg, "看電視牆。", "看大屏幕墙。"),
        (ZhTw, ZhMy, "看電視牆。", "看大银幕。"),
        (ZhMy, ZhTw, "看大银幕。", "看電視牆。"),
        (ZhTw, ZhMo, "看電視牆。", "看大屏幕牆。"),
        (ZhTw, ZhTw, "看大屏牆。", "看電視牆。"),
    ];
    for (from, to, text, expected) in cases {
        assert_eq!(between(&rows, from, to).convert(text), expected, "{from}>{to}");
    }
    let anywhere = builder(&rows).to(ZhTw).build().unwrap();
    assert_eq!(anywhere.convert("这是大屏墙。這是大屏牆。"), "這是電視牆。這是電視牆。");
}

#[test]
fn conditions_hold_as_in_the_built_in_tables() {
    let converter = between(&[CLIENT], ZhCn, ZhTw);
    assert_eq!(converter.convert("建筑的甲方。甲方很好。"), "建築的業主。甲方很好。");
    assert_eq!(converter.convert("建筑的甲方乙方。"), "建築的甲方乙方。");
    let safe = builder(&[CLIENT]).locales(ZhCn, ZhTw).vocabulary(Vocabulary::Safe);
    assert_eq!(safe.build().unwrap().convert("建筑的甲方。"), "建築的甲方。");
}

#[test]
fn the_user_s_row_counts_before_the_built_in_ones_and_later_tables_before_earlier_ones() {
    let text = "软件和网络。";
    assert_eq!(Converter::between(ZhCn, ZhTw).convert(text), "軟體和網路。");
    // The same codes: it stays, as the row has it.
    let (own, later) = ("software\t软件\t軟件\t\t\t\t\t\t\n", "ware\t软件\t軟程\t\t\t\t\t\t\n");
    assert_eq!(between(&[own], ZhCn, ZhTw).convert(text), "軟件和網路。");
    assert_eq!(between(&[own, later], ZhCn, ZhTw).convert(text), "軟程和網路。");
    assert_eq!(between(&[later, own], ZhCn, ZhTw).convert(text), "軟件和網路。");
    // A condition that does not hold leaves the built-in row.
    let sometimes = "software\t软件?\t軟程\t\t\t\t\t建筑\t\n";
    let converter = between(&[sometimes], ZhCn, ZhTw);
    assert_eq!(converter.convert("软件。建筑软件。"), "軟體。建築軟程。");
}

#[test]
fn the_longest_word_counts_whosever_it_is() {
    let own = ["net\t网络\t網絡\t\t\t\t\t\t\n"];
    let converter = between(&own, ZhCn, ZhTw);
    let longer = Converter::between(ZhCn, ZhTw).convert("网络安全法").into_owned();
    assert!(converter.convert("网络").contains("網絡") && longer.contains("網路"));
    let guard = ["guard\t软件园区\t軟件園區\t\t\t\t\t\t\n"];
    assert_eq!(between(&guard, ZhCn, ZhTw).convert("软件园区的软件"), "軟件園區的軟體");
}

#[test]
fn a_word_of_one_character_is_found_at_every_place() {
    let converter = between(&["cat\t喵\t貓咪\t\t\t\t\t\t\n"], ZhCn, ZhTw);
    assert_eq!(converter.convert("喵"), "貓咪");
    assert_eq!(converter.convert("喵，一只喵喵。喵\n喵a喵"), "貓咪，一隻貓咪貓咪。貓咪\n貓咪a貓咪");
}

/// Letters have one code each, but are told apart.
#[test]
fn words_with_letters() {
    let converter = between(&["disk\tC屏幕墙\tC電視牆\t\t\t\t\t\t\n"], ZhCn, ZhTw);
    assert_eq!(converter.convert("C屏幕墙和D屏幕墙"), "C電視牆和D螢幕牆");
}

#[test]
fn words_are_written_in_the_forms_of_the_place() {
    let converter = between(&["inside\t里边儿\t裏邊兒\t裡邊兒\t\t\t\t\t\n"], ZhCn, ZhTw);
    assert_eq!(converter.convert("在里边儿"), "在裡邊兒");
    let converter = between(&["group\t群体组\t群體組合\t群體組\t\t\t\t\t\n"], ZhTw, ZhHk);
    let own = Converter::between(ZhTw, ZhHk).convert("群體組").into_owned();
    assert_eq!(converter.convert("群體組合"), own);
}

#[test]
fn mending_leaves_what_the_place_has_in_another_sense() {
    // Taiwan has 用戶資料, too, by a built-in row.
    let profile = ["profile\t大屏资料|用户资料\t電視資料\t\t\t\t\t\t\n"];
    assert_eq!(between(&profile, ZhTw, ZhTw).convert("看用戶資料"), "看用戶資料");
    assert_eq!(between(&profile, ZhTw, ZhTw).convert("看大屏資料"), "看電視資料");
    assert_eq!(between(&profile, ZhCn, ZhTw).convert("看用户资料"), "看電視資料");
}

/// What a user's row writes at a place may be another thing's word elsewhere.
#[test]
fn what_is_written_stays_where_no_other_place_has_the_word() {
    let data = ["data\t用户数值\t用戶資料\t\t\t\t\t\t\n"];
    assert_eq!(between(&data, ZhCn, ZhTw).convert("用户数值和用户资料"), "用戶資料和使用者資料");
    assert_eq!(between(&data, ZhTw, ZhTw).convert("用戶資料"), "用戶資料");
    let soft = ["ware\t程软\t軟件\t\t\t\t\t\t\n"];
    assert_eq!(between(&soft, ZhCn, ZhTw).convert("程软和软件"), "軟件和軟體");
    assert_eq!(between(&soft, ZhTw, ZhTw).convert("軟件和軟體"), "軟件和軟體");
}

#[test]
fn nothing_changes_the_second_time() {
    let tables = [SCREEN, CLIENT, "software\t软件\t軟件\t\t\t\t\t\t\n"];
    for (from, to) in [(ZhCn, ZhTw), (ZhTw, ZhHk), (ZhTw, ZhMy), (ZhMy, ZhTw)] {
        let text = "建筑甲方看大屏墙，大銀幕，電視牆，软件工程。";
        let once = between(&tables, from, to).convert(text).into_owned();
        assert_eq!(between(&tables, to, to).convert(&once), once);
        assert_eq!(between(&tables, from, to).convert(&once), once);
    }
}

#[test]
fn no_cut_shows_and_traces_name_the_table() {
    let tables = [SCREEN, CLIENT, "cat\t喵\t貓咪\t\t\t\t\t\t\n"];
    for converter in [between(&tables, ZhCn, ZhTw), builder(&tables).to(ZhTw).build().unwrap()] {
        let text = "工地的甲方在大屏墙前，喵。大屏幕牆！\n甲方喵";
        let expected = converter.convert(text).into_owned();
        assert_eq!(expected, "工地的業主在電視牆前，貓咪。電視牆！\n甲方貓咪");
        let trace = converter.trace(text);
        assert_eq!(trace.output(), expected);
        let own = trace.changes().filter(|change| change.dictionary == "ours.tsv");
        let own: Vec<_> =
            own.map(|change| (change.key.to_owned(), change.value.to_owned())).collect();
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(own[..3], [pair("甲方", "業主"), pair("大屏墙", "電視牆"), pair("喵", "貓咪")]);
        for cut in (0..=text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            assert_eq!(streamed(&converter, text, &[cut]), expected, "{cut}");
        }
        assert_eq!(character_by_character(&converter, text), expected);
    }
}

/// A table with the name of a built-in one tells what a passage is about, as that does.
#[test]
fn a_table_named_after_a_field_counts_for_it() {
    let words: Vec<String> = ('甲'..)
        .filter(|one| jianfan::context::code(*one) == *one as u16)
        .take(16)
        .map(|one| format!("鼡{one}"))
        .collect();
    let rows: String =
        words.iter().map(|word| format!("{word}\t{word}\t鼡鼡{word}\t\t\t\t\t\t\n")).collect();
    let sense = "thing\t鼡事?\t鼡物\t\t\t\t\t#computing\t\n";
    let text = format!("{}，鼡事", words.concat());
    let convert = |name: &str| {
        let tables =
            Converter::builder().concepts(table(name, &rows)).concepts(table("s.tsv", sense));
        tables.locales(ZhCn, ZhTw).build().unwrap().convert(&text).into_owned()
    };
    assert!(convert("house.tsv").ends_with("，鼡事"));
    assert!(convert("our/computing.tsv").ends_with("，鼡物"));
}

/// The rows of the built-in tables do as a user's what they do as built-in ones.
#[test]
fn copies_of_the_built_in_tables_change_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries/regions");
    let names = builtin_concepts();
    let copy = |builder: ConverterBuilder, name: &String| {
        let file = Path::new(name).file_name().unwrap();
        let bytes = std::fs::read(folder.join(file)).unwrap();
        builder.concepts(concepts::parse(&file.to_string_lossy(), &bytes).unwrap())
    };
    let copies = names.keys().rev().fold(Converter::builder(), copy);
    let sentences: Vec<String> = rows("tests/data/readings.tsv").into_iter().flatten().collect();
    for (from, to) in [(ZhCn, ZhTw), (ZhTw, ZhCn), (ZhCn, ZhHk), (ZhHk, ZhTw), (ZhTw, ZhMy)] {
        let (own, builtin) =
            (copies.clone().locales(from, to).build().unwrap(), Converter::between(from, to));
        let mut wrong = Vec::new();
        let column = [ZhCn, ZhTw, ZhHk].iter().position(|place| *place == from).unwrap();
        let words = names.values().flatten().filter_map(|concept| concept.words[column].as_ref());
        let words = words.flatten().map(|word| format!("看{}，{}的", word.text, word.text));
        for text in words.chain(sentences.iter().cloned()) {
            if own.convert(&text) != builtin.convert(&text) {
                wrong.push(format!(
                    "{text}: {}, not {}",
                    own.convert(&text),
                    builtin.convert(&text)
                ));
            }
        }
        assert!(wrong.is_empty(), "{from}>{to}: {} texts:\n{}", wrong.len(), wrong.join("\n"));
    }
}

#[test]
fn what_is_no_row_is_told_with_its_line_and_remedy() {
    let cases = [
        ("a\t甲\t乙\n", "x.tsv:2: 3 columns; write nine, with TABs between"),
        ("\t甲\t乙\t\t\t\t\t\t\n", "x.tsv:2: names no concept"),
        ("a\t\t乙\t\t\t\t\t\t\n", "x.tsv:2: cn: has no word"),
        ("a\t=\t乙\t\t\t\t\t\t\n", "x.tsv:2: cn: has no word"),
        ("a\t甲||丙\t乙\t\t\t\t\t\t\n", "x.tsv:2: cn: “” is no word"),
        ("a\t甲\t 乙\t\t\t\t\t\t\n", "x.tsv:2: tw: “ 乙” is no word"),
        ("a\t甲?!\t乙\t\t\t\t\t\t\n", "x.tsv:2: cn: “甲?!”: a word has one mark"),
        ("a\t甲|=\t乙\t\t\t\t\t\t\n", "x.tsv:2: cn: “=”: a word has one mark"),
        ("a\t甲?\t乙\t\t\t\t\t\t\n", "x.tsv:2: 甲? asks for a condition"),
        ("a\t甲\t乙\t\t\t\t\t~丙\t\n", "x.tsv:2: has a condition for no word"),
        ("a\t甲\t乙\t\t\t\t\t\tx\ry\n", "x.tsv:2: a carriage return or NUL"),
    ];
    for (rows, expected) in cases {
        let error = concepts::parse("x.tsv", format!("{HEADER}{rows}").as_bytes()).unwrap_err();
        let message = error.to_string();
        assert!(message.starts_with(expected) && !message.contains('\n'), "{message}");
    }
    let error = concepts::parse("x.tsv", "甲\t乙\n".as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("x.tsv:1: begin it with the header"), "{error}");
    for (condition, expected) in
        [("#lore", "'#lore': no field has that name"), ("a/~", "'a/~' has nothing")]
    {
        let rows = format!("a\t甲?\t乙\t\t\t\t\t{condition}\t\n");
        let error = builder(&[&rows]).to(ZhTw).build().unwrap_err().to_string();
        assert!(error.starts_with(&format!("ours.tsv:3: when: {expected}")), "{error}");
    }
    let long = format!("a\t{}\t乙\t\t\t\t\t\t\n", "甲".repeat(61));
    let error = concepts::parse("x.tsv", format!("{HEADER}{long}").as_bytes()).unwrap_err();
    assert!(error.to_string().contains("has more than 60 characters"));
    let windows = format!("\u{feff}{HEADER}a\t甲\t乙\t\t\t\t\t\t\n").replace('\n', "\r\n");
    assert_eq!(concepts::parse("x.tsv", windows.as_bytes()).unwrap().len(), 1);
}

#[test]
fn a_table_of_concepts_needs_places() {
    let builders = [
        builder(&[SCREEN]),
        builder(&[SCREEN]).config("s2t").unwrap(),
        builder(&[SCREEN]).to(Ja),
        builder(&[SCREEN]).locales(Ja, ZhTw),
    ];
    for builder in builders {
        let error = builder.build().unwrap_err().to_string();
        assert!(error.starts_with("ours.tsv: a table of concepts works between places"), "{error}");
    }
    // Where words stay, so do they.
    let text = "看大屏墙。";
    let script = builder(&[SCREEN]).locales(ZhCn, ZhTw).script_only(true).build().unwrap();
    assert_eq!(script.convert(text), "看大屏牆。");
    assert_eq!(between(&[SCREEN], ZhCn, ZhHant).convert(text), "看大屏牆。");
}
