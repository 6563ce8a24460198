//! What holds of every way between places, whatever the text: the same bytes however it is cut,
//! nothing left to do the second time, a trace that tells the truth, and no panic, not even with a
//! model that somebody has tampered with.

mod support;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use jianfan::Locale::{self, *};
use jianfan::context::{Class, Model, Parameters, Side, Word, code};
use jianfan::conversion::{ConverterBuilder, StageKind};
use jianfan::{Converter, StreamConverter};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use support::generate::cases;
use support::locales::{self, Material};
use support::stream::{character_by_character, cuts, streamed};
use support::ways::{WAYS, Way, name};

fn builder((from, to): Way) -> ConverterBuilder {
    match from {
        Some(from) => Converter::builder().locales(from, to),
        None => Converter::builder().to(to),
    }
}

fn converter(way: Way) -> Converter {
    builder(way).build().expect("no tables")
}

fn script_alone(way: Way) -> Converter {
    builder(way).script_only(true).build().expect("no tables")
}

static MATERIAL: LazyLock<Material> = LazyLock::new(Material::read);

fn short_text() -> impl Strategy<Value = String> {
    locales::short_text(&MATERIAL, 40)
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => short_text(),
        2 => locales::long_text(&MATERIAL),
        1 => any::<String>(),
    ]
}

fn any_way() -> impl Strategy<Value = Way> {
    prop::sample::select(&WAYS[..])
}

fn config(usual: u32) -> ProptestConfig {
    ProptestConfig { cases: cases(usual), failure_persistence: None, ..ProptestConfig::default() }
}

/// The trace's output is the conversion's, its changes follow one another in both texts, and
/// between them nothing changes.
fn check_trace(converter: &Converter, text: &str) -> Result<(), TestCaseError> {
    let expected = converter.convert(text);
    let trace = converter.trace(text);
    prop_assert_eq!(trace.source(), text);
    prop_assert_eq!(trace.output(), &*expected);
    let (mut source_at, mut output_at) = (0, 0);
    for change in trace.changes() {
        prop_assert_eq!(change.stage.kind, StageKind::Reading);
        for (span, whole) in [(&change.source, text), (&change.output, &*expected)] {
            prop_assert_eq!(span.text, &whole[span.bytes.clone()]);
            let before = whole[..span.bytes.start].chars().count();
            let inside = span.text.chars().count();
            prop_assert_eq!(&span.characters, &(before..before + inside));
        }
        prop_assert_eq!((change.key, change.value), (change.source.text, change.output.text));
        prop_assert_ne!(change.key, change.value);
        prop_assert!(!change.candidates.is_empty());
        if !change.scores.is_empty() {
            prop_assert_eq!(change.scores.len(), change.candidates.len());
            prop_assert!(change.scores.iter().all(|score| score.is_finite()));
        }
        prop_assert!(source_at <= change.source.bytes.start, "changes overlap in the source");
        prop_assert!(output_at <= change.output.bytes.start, "changes overlap in the output");
        let kept = &text[source_at..change.source.bytes.start];
        prop_assert_eq!(kept, &expected[output_at..change.output.bytes.start]);
        source_at = change.source.bytes.end;
        output_at = change.output.bytes.end;
    }
    prop_assert_eq!(&text[source_at..], &expected[output_at..]);
    Ok(())
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn where_the_text_is_cut_plays_no_part(way in any_way(), text in any_text(), cuts in cuts()) {
        let converter = converter(way);
        let expected = converter.convert(&text);
        prop_assert_eq!(&streamed(&converter, &text, &cuts), &expected);
        if text.len() < 2000 {
            prop_assert_eq!(&character_by_character(&converter, &text), &expected);
        }
    }

    /// A stream that has finished one text begins the next as if there had been none.
    #[test]
    fn a_stream_forgets_the_text_before(
        way in any_way(),
        first in short_text(),
        second in short_text(),
    ) {
        let converter = converter(way);
        let (mut stream, mut out) = (converter.stream(), String::new());
        whole(&mut stream, &first, &mut out);
        out.clear();
        whole(&mut stream, &second, &mut out);
        prop_assert_eq!(out, converter.convert(&second));
    }

    #[test]
    fn traces_tell_the_truth(way in any_way(), text in any_text()) {
        check_trace(&converter(way), &text)?;
    }

    /// What is no ideograph stays, at its place among the others that stay.
    #[test]
    fn other_characters_stay(way in any_way(), text in any_text()) {
        let text: String = text.chars().filter(|one| !shares_its_code(*one)).collect();
        let others = |text: &str| text.chars().filter(|one| !is_ideograph(*one)).collect::<String>();
        let output = script_alone(way).convert(&text).into_owned();
        prop_assert_eq!(others(&output), others(&text));
        prop_assert_eq!(output.chars().count(), text.chars().count());
    }

    #[test]
    fn other_scripts_stay_byte_for_byte(way in any_way(), text in other_script()) {
        let converter = converter(way);
        prop_assert!(matches!(converter.convert(&text), Cow::Borrowed(_)));
        prop_assert_eq!(character_by_character(&converter, &text), text.as_str());
    }
}

#[test]
fn a_character_that_is_kept_is_no_change() {
    for (from, to, text) in [(ZhCn, ZhCn, "夥"), (ZhCn, ZhCn, "乾坤"), (ZhHk, ZhHk, "膠著")] {
        let converter = Converter::between(from, to);
        let trace = converter.trace(text);
        assert_eq!((trace.output(), trace.changes().count()), (text, 0));
    }
}

/// Nothing stands before the first character, which is not to be looked for there.
#[test]
fn any_character_may_come_first() {
    for way in [(Some(ZhTw), ZhCn), (Some(ZhCn), ZhTw), (Some(ZhCn), ZhHk), (Some(ZhHans), ZhHant)]
    {
        let converter = converter(way);
        let mut line = String::from("\n");
        for character in ' '..='\u{ffff}' {
            line.truncate(1);
            line.push(character);
            let first = converter.convert(&line[1..]);
            assert_eq!(first, converter.convert(&line)[1..], "{}: {character}", name(way));
        }
    }
}

/// Emoji and the characters of private use share their codes with rare ideographs, but nothing
/// else: U+1F62C is no 騱.
#[test]
fn characters_beyond_the_bmp_are_no_ideographs() {
    let private = '\u{e000}'..='\u{f8ff}';
    let beyond = ('\u{10000}'..='\u{10ffff}').filter(|one| !is_ideograph(*one));
    // That OpenCC has for 锝.
    let text: String = private.chain(beyond).filter(|one| *one != '\u{ec4f}').collect();
    for way in [(Some(ZhCn), ZhTw), (Some(ZhTw), ZhCn), (Some(ZhCn), ZhHk), (None, ZhHant)] {
        let output = converter(way).convert(&text).into_owned();
        let pairs = text.chars().zip(output.chars());
        let changed: Vec<_> = pairs.filter(|(a, b)| a != b).take(5).collect();
        assert_eq!(changed, [], "{}", name(way));
    }
}

/// Its neighbours see a character by its code, so it must not have another one the second time.
#[test]
fn characters_keep_their_codes() {
    let tables = ["STCharacters", "TSCharacters", "TWVariants", "HKVariants"];
    let rows =
        tables.iter().flat_map(|table| locales::rows(&format!("dictionaries/opencc/{table}.txt")));
    let keys: BTreeSet<String> = rows.map(|row| row[0].clone()).collect();
    let codes = |text: &str| text.chars().map(code).collect::<Vec<_>>();
    let mut wrong = Vec::new();
    for way in [(Some(ZhTw), ZhCn), (Some(ZhCn), ZhTw), (Some(ZhCn), ZhHk), (Some(ZhHans), ZhHant)]
    {
        let converter = script_alone(way);
        let outputs = keys.iter().map(|key| (key, converter.convert(key)));
        let changed = outputs.filter(|(key, output)| codes(key) != codes(output));
        wrong.extend(changed.map(|(key, output)| format!("{}: {key} {output}", name(way))));
    }
    assert!(wrong.is_empty(), "{} characters: {wrong:?}", wrong.len());
}

fn whole(stream: &mut StreamConverter, text: &str, out: &mut String) {
    stream.push(text, out);
    stream.finish(out);
}

/// Whether a converter may change the character.
fn is_ideograph(character: char) -> bool {
    let blocks = [0x2e80..=0x2fdf, 0x3005..=0x3007, 0x3400..=0x9fff, 0xf900..=0xfaff];
    let number = u32::from(character);
    blocks.iter().any(|block| block.contains(&number)) || (0x2_0000..=0x3_ffff).contains(&number)
}

/// Whether the character is none, but may have the code of an ideograph;
/// `characters_beyond_the_bmp_are_no_ideographs` speaks of these.
fn shares_its_code(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{10000}'..) && !is_ideograph(character)
}

/// Text without ideographs, of many scripts, short and long.
fn other_script() -> impl Strategy<Value = String> {
    let any = any::<char>()
        .prop_filter("no ideograph", |one| !is_ideograph(*one) && !shares_its_code(*one));
    let blocks = [' '..='~', 'À'..='ɏ', 'Α'..='ώ', 'А'..='я', 'א'..='ת', 'ا'..='ي', 'ก'..='๛']
        .into_iter()
        .chain(['ぁ'..='ヿ', '가'..='힣', '！'..='～', '\u{2600}'..='\u{27bf}', '\0'..='\u{1f}']);
    let blocks: Vec<_> = blocks.collect();
    let one = prop::sample::select(blocks)
        .prop_flat_map(|block| prop::char::range(*block.start(), *block.end()));
    let text = prop_oneof![
        4 => prop::collection::vec(one, 0..80).prop_map(String::from_iter),
        1 => prop::collection::vec(any, 0..40).prop_map(String::from_iter),
        1 => "[ -~]{0,400}",
    ];
    (text, prop_oneof![8 => Just(1_usize), 1 => 20_usize..200])
        .prop_map(|(text, times)| text.repeat(times))
}

/// The ways on which a text that has gone them has nothing left to change.
///
/// Not from `auto` to Traditional: what was Simplified is read as Traditional the second time, and
/// in heaps of characters, unlike in sentences, what speaks for a reading then hardly decides.
const SETTLING: [Way; 6] = [
    (Some(ZhCn), ZhTw),
    (Some(ZhTw), ZhTw),
    (Some(ZhTw), ZhCn),
    (Some(ZhCn), ZhHk),
    (None, ZhCn),
    (Some(ZhHans), ZhHant),
];

/// Fails with what stands around the first difference.
fn check_settled(converter: &Converter, way: Way, text: &str) -> Result<(), TestCaseError> {
    let once = converter.convert(text);
    let twice = converter.convert(&once);
    if once == twice {
        return Ok(());
    }
    let same = once.chars().zip(twice.chars()).take_while(|(a, b)| a == b).count();
    let around =
        |text: &str| -> String { text.chars().skip(same.saturating_sub(12)).take(24).collect() };
    let (once, twice) = (around(&once), around(&twice));
    prop_assert!(false, "{}: {once} and then {twice}", name(way));
    Ok(())
}

/// Sentences that are not settled, each with its way: nothing tells where they are from the first
/// time, and 牀 does the second.
const KNOWN_UNSETTLED: &[&str] =
    &["auto>zh-HK 他躺在床上睡著了。", "auto>zh-Hant 他躺在床上睡著了。"];

/// Whole sentences, in the scripts of all places, and none of two.
#[test]
fn sentences_are_settled() {
    let samples = ["tests/data/sample.zh-CN.txt", "tests/data/sample.zh-TW.txt"].map(locales::read);
    let lines = samples.iter().flat_map(|text| text.lines());
    let sentences = MATERIAL.sentences.iter().map(String::as_str).chain(lines);
    let sentences: BTreeSet<&str> = sentences.collect();
    let mut unsettled = Vec::new();
    for way in SETTLING.into_iter().chain([(None, ZhTw), (None, ZhHk), (None, ZhHant)]) {
        let converter = converter(way);
        for sentence in &sentences {
            let once = converter.convert(sentence);
            let twice = converter.convert(&once);
            if once != twice {
                unsettled.push((format!("{} {sentence}", name(way)), format!("{once} {twice}")));
            }
        }
    }
    let new: Vec<_> =
        unsettled.iter().filter(|(name, _)| !KNOWN_UNSETTLED.contains(&name.as_str())).collect();
    assert!(new.is_empty(), "{} sentences change the second time: {new:#?}", new.len());
    let is_settled = |name: &&&str| unsettled.iter().all(|(other, _)| other != **name);
    let healed: Vec<_> = KNOWN_UNSETTLED.iter().filter(is_settled).collect();
    assert!(healed.is_empty(), "settled, so no longer known not to be: {healed:?}");
}

/// Words that are read in one way as Simplified text, and would be in another as the place's own.
#[test]
fn what_was_simplified_stays_when_it_is_the_place_s_own() {
    let sentences = [
        (ZhTw, "这对提升金门县的动员能力有帮助。", "這對提升金門縣的動員能力有幫助。"),
        (ZhTw, "以重复发言的方式取得时间。", "以重複發言的方式取得時間。"),
        (ZhTw, "请会计逐页签名或盖章。", "請會計逐頁簽名或蓋章。"),
        (ZhTw, "如果雇佣关系成立，就不用核准。", "如果雇傭關係成立，就不用核准。"),
        (ZhHk, "我们希望你尽量了解这次的答复。", "我們希望你盡量了解這次的答覆。"),
        (ZhHk, "公共政策网路参与平台的软体。", "公共政策網絡參與平台的軟件。"),
        (ZhCn, "國營企業跟地方的連結度最高。", "国营企业跟地方的连结度最高。"),
        (ZhCn, "教職員的退休與產銷履歷。", "教职员的退休与产销履历。"),
        (ZhCn, "我們有著作權保護。", "我们有著作权保护。"),
        (ZhCn, "蒜薹、束脩和哪吒，扞格不入。", "蒜薹、束脩和哪吒，扞格不入。"),
    ];
    for (place, text, once) in sentences {
        assert_eq!(converter((None, place)).convert(text), once, "auto>{place}");
        for from in [None, Some(place)] {
            assert_eq!(converter((from, place)).convert(once), once, "{}", name((from, place)));
        }
    }
}

/// Those of them on which that holds of any text whatever, if only the script is converted.
const SETTLING_IN_SCRIPT: [Way; 4] =
    [(Some(ZhCn), ZhTw), (Some(ZhTw), ZhTw), (Some(ZhHans), ZhHant), (None, ZhCn)];

/// How many of the generated texts have something left to change, of 1,000 on each way.
///
/// Words that are heaped up have borders that no sentence has: 中 and 游客 beside each other make
/// 中游, once 游 has become 遊. So a few change again; sentences don't, see above.
fn unsettled(ways: &[Way], text: impl Strategy<Value = String>, script: bool) -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    let texts: Vec<String> =
        (0..1000).map(|_| text.new_tree(&mut runner).expect("a text").current()).collect();
    let mut unsettled = Vec::new();
    for &way in ways {
        let converter = if script { script_alone(way) } else { converter(way) };
        for text in &texts {
            if let Err(error) = check_settled(&converter, way, text) {
                unsettled.push(error.to_string());
            }
        }
    }
    unsettled
}

#[test]
fn the_second_time_hardly_anything_changes() {
    let unsettled = unsettled(&SETTLING, short_text(), false);
    assert!(unsettled.len() <= 5 * SETTLING.len(), "{}: {unsettled:#?}", unsettled.len());
}

#[test]
fn the_second_time_the_script_hardly_changes() {
    let unsettled = unsettled(&SETTLING, any_text(), true);
    assert!(unsettled.len() <= 5 * SETTLING.len(), "{}: {unsettled:#?}", unsettled.len());
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn the_second_time_the_script_of_common_characters_stays(
        way in prop::sample::select(&SETTLING_IN_SCRIPT[..]),
        text in short_text(),
    ) {
        let is_common = |one: &char| *one != '幺' && *one <= '\u{ffff}';
        let text: String = text.chars().filter(is_common).collect();
        check_settled(&script_alone(way), way, &text)?;
    }
}

/// The eight Chinese locales.
fn chinese() -> impl Iterator<Item = Locale> {
    Locale::all().filter(|locale| *locale != Ja)
}

/// Some text in the words, scripts and forms of all places.
const MIXED: &str =
    "国际网絡合作，头发頭髮。他的軟體跟軟件里面裏面裡面！着急著名説說羣群\r\n3D打印ok";

#[test]
fn every_pair_of_places_has_its_way() {
    let simplified = [ZhCn, ZhSg, ZhMy, ZhHans];
    let mut seen = 0;
    for to in chinese() {
        for from in chinese().map(Some).chain([None]) {
            let way = (from, to);
            let name = name(way);
            let converter = converter(way);
            let output = converter.convert(MIXED);
            let (wrong, right) = if simplified.contains(&to) {
                ("國網頭髮說", '国')
            } else {
                ("国网头发说", '國')
            };
            assert!(!output.contains(|one| wrong.contains(one)), "{name}: {output}");
            assert!(output.contains(right), "{name}: {output}");
            assert_eq!(converter.convert(&output), output, "{name}");
            assert_eq!(streamed(&converter, MIXED, &[1, 7, 30, 31, 55]), output, "{name}");
            assert_eq!(converter.convert(""), "", "{name}");
            assert_eq!(converter.convert("plain, 123\n"), "plain, 123\n", "{name}");
            seen += 1;
        }
    }
    assert_eq!(seen, 72);
}

#[test]
fn places_that_write_alike_are_converted_alike() {
    for (one, other) in [(ZhCn, ZhSg), (ZhCn, ZhMy), (ZhHk, ZhMo)] {
        for third in chinese() {
            let output = |way| converter(way).convert(MIXED).into_owned();
            assert_eq!(output((Some(third), one)), output((Some(third), other)), "{third}>{other}");
            assert_eq!(output((Some(one), third)), output((Some(other), third)), "{other}>{third}");
        }
    }
}

/// What has been wrong once in one converter or another, or is easily got wrong.
const PHRASES: [(Locale, Locale, &str, &str); 25] = [
    (ZhCn, ZhTw, "国际网络合作", "國際網路合作"),
    (ZhCn, ZhTw, "合作伙伴", "合作夥伴"),
    (ZhCn, ZhTw, "新增长点", "新增長點"),
    (ZhCn, ZhTw, "是只有", "是只有"),
    (ZhCn, ZhTw, "被发展", "被發展"),
    (ZhCn, ZhTw, "师长发现", "師長發現"),
    (ZhCn, ZhTw, "悠长历史", "悠長歷史"),
    (ZhCn, ZhTw, "他干了一杯", "他乾了一杯"),
    (ZhCn, ZhTw, "指明了方向", "指明了方向"),
    (ZhTw, ZhTw, "指明瞭方向", "指明了方向"),
    (ZhTw, ZhTw, "生産", "生產"),
    (ZhTw, ZhTw, "商簽", "商簽"),
    (ZhTw, ZhTw, "建立", "建立"),
    (ZhTw, ZhTw, "智慧", "智慧"),
    (ZhTw, ZhTw, "合作夥伴", "合作夥伴"),
    (ZhTw, ZhCn, "建立", "建立"),
    (ZhTw, ZhCn, "智慧", "智慧"),
    (ZhTw, ZhCn, "新增长点", "新增长点"),
    (ZhTw, ZhCn, "新增長點", "新增长点"),
    (ZhTw, ZhCn, "網路軟體", "网络软件"),
    (ZhCn, ZhHk, "网络软件", "網絡軟件"),
    (ZhTw, ZhHk, "網路軟體", "網絡軟件"),
    (ZhHk, ZhTw, "網絡軟件", "網路軟體"),
    (ZhCn, ZhHant, "网络软件", "網絡軟件"),
    (ZhTw, ZhHans, "網路軟體", "网路软体"),
];

/// Phrases that don't come out right yet.
const KNOWN_PHRASES: [&str; 0] = [];

#[test]
fn phrases_come_out_as_they_are_written_there() {
    let (mut wrong, mut known) = (Vec::new(), BTreeSet::new());
    for (from, to, input, expected) in PHRASES {
        for auto in [false, true] {
            // Characters that all Traditional places write don't tell which of them it was.
            if auto && (from == ZhHk || to == ZhHans || to == ZhHant) {
                continue;
            }
            let way = (Some(from).filter(|_| !auto), to);
            let output = converter(way).convert(input).into_owned();
            if output == expected {
                continue;
            }
            if KNOWN_PHRASES.contains(&input) {
                known.insert(input);
            } else {
                wrong.push(format!("{}: {input} is {output}, not {expected}", name(way)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let healed: Vec<_> = KNOWN_PHRASES.iter().filter(|phrase| !known.contains(*phrase)).collect();
    assert!(healed.is_empty(), "right now, so no longer known failures: {healed:?}");
}

#[test]
fn script_alone_leaves_the_words() {
    assert_eq!(script_alone((Some(ZhCn), ZhTw)).convert("网络软件"), "網絡軟件");
    assert_eq!(script_alone((Some(ZhTw), ZhCn)).convert("網路軟體"), "网路软体");
    assert_eq!(script_alone((None, ZhTw)).convert("网络软件"), "網絡軟件");
}

static MODEL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/dictionaries/context/model.bin");
    std::fs::read(path).expect("the built-in model")
});

/// A model that is small, so that what is changed in it matters.
static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let class = |character: char, readings: &str| Class {
        code: code(character),
        readings: readings.chars().collect(),
        bias: readings.chars().map(|_| 0.5).collect(),
        vote: [2.0, 3.0],
    };
    let word = |text: &str, reading| Word {
        codes: text.chars().map(code).collect(),
        cost: 8.0,
        readings: text.chars().map(|_| reading).collect(),
    };
    let parameters = Parameters {
        classes: vec![class('发', "發髮"), class('里', "里裡"), class('干', "幹乾干")],
        weights: (0..40).map(|number| (number * 0x9e37_79b9, 1, 1.0)).collect(),
        evidence: "头后现的".chars().map(|one| (code('发'), Side::Before, code(one))).collect(),
        words: ["头发", "发现", "里面", "干净", "树干上"].map(|text| word(text, Some(1))).to_vec(),
    };
    parameters.to_bytes()
});

/// A change to a model's bytes.
#[derive(Debug, Clone)]
enum Damage {
    /// The byte at the place becomes another.
    Byte(prop::sample::Index, u8),
    /// One of the first bytes, where the lengths are, or the first classes.
    Head(usize, u8),
    /// The bytes end there.
    End(prop::sample::Index),
    /// Some bytes are left out.
    Without(prop::sample::Index, usize),
    /// The length of a part, and that of the next, which makes up for it.
    Border(usize, i32),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let index = any::<prop::sample::Index>;
    let damage = prop_oneof![
        4 => (index(), any::<u8>()).prop_map(|(at, byte)| Damage::Byte(at, byte)),
        2 => (0_usize..24 + 64 * 3, any::<u8>()).prop_map(|(at, byte)| Damage::Head(at, byte)),
        1 => index().prop_map(Damage::End),
        1 => (index(), 1_usize..100).prop_map(|(at, len)| Damage::Without(at, len)),
        3 => (1_usize..5, -200_i32..200).prop_map(|(part, by)| Damage::Border(part, by)),
        2 => (1_usize..5, prop::sample::select(&[-128, -64, 64, 128][..]))
            .prop_map(|(part, by)| Damage::Border(part, by)),
    ];
    prop::collection::vec(damage, 1..12)
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        match *damage {
            Damage::Byte(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            Damage::Head(at, byte) => {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            Damage::End(at) => bytes.truncate(at.index(bytes.len())),
            Damage::Without(at, len) => {
                let at = at.index(bytes.len());
                bytes.drain(at..bytes.len().min(at + len));
            }
            Damage::Border(part, by) => {
                for (part, by) in [(part, by), (part + 1, -by)] {
                    if let Some(place) = bytes.get_mut(4 * part..4 * part + 4) {
                        let len = u32::from_le_bytes(place.try_into().expect("four bytes"));
                        place.copy_from_slice(&len.wrapping_add_signed(by).to_le_bytes());
                    }
                }
            }
        }
    }
    bytes
}

/// A model of these bytes, if they are one, does whatever it does without a panic, and the same
/// however the text is cut.
fn check_model(bytes: Vec<u8>, way: Way, text: &str, cuts: &[usize]) -> Result<(), TestCaseError> {
    let Ok(model) = Model::from_bytes(bytes) else { return Ok(()) };
    let codes: Vec<u16> = text.chars().map(code).collect();
    for at in 0..codes.len().min(50) {
        let decision = model.decide(&codes, at, None);
        prop_assert_eq!(decision.map(|decision| decision.reading()), model.read(&codes, at, None));
        model.vote(&codes, at);
        model.is_torn(&codes, at, codes.len().min(at + 3));
    }
    let converter = builder(way).model(model).build().expect("no tables");
    let output = converter.convert(text);
    prop_assert_eq!(&streamed(&converter, text, cuts), &output);
    let trace = converter.trace(text);
    prop_assert_eq!(trace.output(), &*output);
    Ok(())
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn a_damaged_model_is_refused_or_harmless(
        damages in damages(),
        way in any_way(),
        text in short_text(),
        cuts in cuts(),
    ) {
        check_model(damaged(SMALL.clone(), &damages), way, &text, &cuts)?;
    }

    #[test]
    fn any_bytes_are_no_model(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Model::from_bytes(bytes).is_err());
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn the_built_in_model_may_be_damaged_too(
        damages in damages(),
        way in any_way(),
        text in short_text(),
        cuts in cuts(),
    ) {
        check_model(damaged(MODEL.clone(), &damages), way, &text, &cuts)?;
    }
}

#[test]
fn a_model_that_is_cut_off_is_refused() {
    for bytes in [&*SMALL, &*MODEL] {
        assert!(Model::from_bytes(bytes.clone()).is_ok());
        let step = (bytes.len() / 40).max(1);
        let ends = (0..200).chain((200..bytes.len()).step_by(step)).chain([bytes.len() - 1]);
        for end in ends {
            assert!(Model::from_bytes(bytes[..end].to_vec()).is_err(), "{end} bytes");
        }
        let longer = [bytes, &[0][..]].concat();
        assert!(Model::from_bytes(longer).is_err());
    }
}

#[test]
fn kinds_of_damage_are_told_apart() {
    let message = |bytes: Vec<u8>| Model::from_bytes(bytes).unwrap_err().to_string();
    assert!(message(b"JFC0....".to_vec()).contains("no context model of this version"));
    assert!(message(SMALL[..100].to_vec()).contains("cut off or damaged"));
}
