//! A user's own tables: asked before the built-in ones, the last one first, values final.

mod support;

use jianfan::Converter;
use jianfan::Locale;
use jianfan::dictionary::{Dictionary, text};
use support::stream::streamed;

fn table(content: &str) -> Dictionary {
    text::parse("house.txt", content.as_bytes()).expect("a well-formed table")
}

fn with_tables(config: &str, tables: &[&str]) -> Converter {
    let builder = Converter::builder().config(config).expect("a built-in config");
    let add = |builder: jianfan::conversion::ConverterBuilder, content: &&str| {
        builder.table(table(content))
    };
    tables.iter().fold(builder, add).build().expect("small tables")
}

#[test]
fn the_user_s_words_come_before_the_built_in_ones() {
    let converter = with_tables("s2twp", &["软件\t軟件\n"]);
    assert_eq!(converter.convert("软件和网络"), "軟件和網路");
    let converter = with_tables("t2s", &["瞭\t瞭\n"]);
    assert_eq!(converter.convert("瞭望臺"), "瞭望台");
}

#[test]
fn even_a_shorter_key_wins_where_it_begins_at_the_same_place() {
    let converter = with_tables("s2t", &["头\t頭！\n"]);
    assert_eq!(converter.convert("头发"), "頭！發");
}

#[test]
fn values_are_final() {
    // s2twp's second stage would make 滑鼠 of 鼠標 and 裡 of 裏.
    let converter = with_tables("s2twp", &["鼠标\t鼠標\n里面\t裏面\n"]);
    assert_eq!(converter.convert("鼠标里面"), "鼠標裏面");
    let converter =
        Converter::builder().locales(Locale::ZhHk, Locale::ZhTw).table(table("着\t着\n"));
    assert_eq!(converter.build().unwrap().convert("看着裏面"), "看着裡面");
}

#[test]
fn later_tables_come_first() {
    let converter = with_tables("s2t", &["汉\t一\n字\t一\n", "汉\t二\n"]);
    assert_eq!(converter.convert("汉字"), "二一");
}

#[test]
fn an_empty_value_deletes() {
    let converter = with_tables("s2t", &["（图）\t\n"]);
    assert_eq!(converter.convert("汉字（图）"), "漢字");
}

#[test]
fn slips_in_a_table_file_are_told_with_their_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("house.txt");
    let cases: [(&[u8], &str); 7] = [
        ("# ours\n软件 軟體\n".as_bytes(), "house.txt:2: no TAB after the key"),
        ("软件\t\n".as_bytes(), "house.txt:1: no value after the TAB"),
        ("软件\t 軟體\n".as_bytes(), "house.txt:1: no value after the TAB, or a space too many"),
        ("软件\t軟體\t注\n".as_bytes(), "house.txt:1: a second TAB in the line"),
        ("\t軟體\n".as_bytes(), "house.txt:1: no key before the TAB"),
        ("a\tb\r\n\r\na\tc\r\n".as_bytes(), "house.txt:3: the key “a” stands here and in line 1"),
        (b"a\tb\n\xff\n", "house.txt:2: not valid UTF-8"),
    ];
    for (content, expected) in cases {
        std::fs::write(&path, content).unwrap();
        let message = jianfan::load::table(&path).unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }
    std::fs::write(&path, "\u{feff}软件\t軟體 軟件\r\n").unwrap();
    let table = jianfan::load::table(&path).unwrap();
    assert_eq!(table.entries()[0].candidates, ["軟體", "軟件"]);
}

#[test]
fn keys_may_be_written_with_compatibility_ideographs() {
    // U+F91B is normalized to 亂 before words are looked up.
    let converter = with_tables("t2s", &["\u{f91b}\t亂\n"]);
    assert_eq!(converter.convert("亂\u{f91b}"), "亂亂");
}

#[test]
fn a_table_alone_is_a_conversion() {
    let builder = Converter::builder().locales(Locale::ZhTw, Locale::ZhTw);
    let converter = builder.table(table("臺\t台\n")).build().unwrap();
    assert_eq!(converter.convert("臺灣"), "台灣");
}

#[test]
fn traces_name_the_table() {
    let converter = with_tables("s2twp", &["软件\t軟件\n"]);
    let trace = converter.trace("软件");
    let change = trace.changes().next().unwrap();
    assert_eq!(change.dictionary, "house.txt");
    assert_eq!(change.stage.to_string(), "s2twp segmentation");
    assert_eq!(trace.changes().count(), 1);
}

#[test]
fn changes_that_belong_together_come_in_the_order_of_the_stages() {
    let converter = Converter::config("s2twp").unwrap();
    let trace = converter.trace("用鼠标");
    let changes: Vec<_> = trace.changes().map(|change| (change.key, change.value)).collect();
    assert_eq!(changes, [("标", "標"), ("鼠標", "滑鼠")]);
}

/// A converter between places with a table of the user's and a house style.
fn in_house_style() -> Converter {
    let style = jianfan::house::table("tw-tai").expect("a built-in table").dictionary();
    let builder = Converter::builder().locales(Locale::ZhCn, Locale::ZhTw);
    let own = table("软件\t軟件\n台湾\t臺灣\n網際網路\t互聯網\n");
    builder.table(own).output_table(style).build().expect("small tables")
}

#[test]
fn between_places_keys_are_text_of_the_input_or_of_the_output() {
    let converted = in_house_style().convert("台湾的软件，台北的互联网。").into_owned();
    assert_eq!(converted, "臺灣的軟件，台北的互聯網。");
}

#[test]
fn tables_between_places_don_t_depend_on_the_cuts() {
    let (converter, text) = (in_house_style(), "在台湾，软件靠互联网。台北呢？台");
    let expected = converter.convert(text);
    assert_eq!(converter.trace(text).output(), expected);
    for cut in (0..=text.len()).filter(|cut| text.is_char_boundary(*cut)) {
        assert_eq!(streamed(&converter, text, &[cut]), expected, "{cut}");
    }
}

#[test]
fn tables_for_the_output_come_last_with_a_config_too() {
    let style = table("裡\t裏\n裡頭\t裡頭\n臺\t台\n");
    let builder = Converter::builder().config("s2tw").expect("a built-in config");
    let converter = builder.table(table("台北\t臺北\n")).output_table(style).build().unwrap();
    assert_eq!(converter.convert("里面，里头，台湾，台北"), "裏面，裡頭，台灣，臺北");
    let trace = converter.trace("台湾");
    let stages: Vec<String> = trace.changes().map(|change| change.stage.to_string()).collect();
    assert_eq!(stages.last().map(String::as_str), Some("user stage 2"));
}
