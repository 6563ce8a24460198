//! The engine against the plain reference implementation: the same bytes for every config, user
//! table and text, whole and in pieces cut anywhere, and a trace that tells the truth.

mod support;

use jianfan::conversion::{Config, TofuRisk};
use jianfan::dictionary::{Dictionary, DictionaryGroup, Entry, MatchPolicy};
use jianfan::{Converter, Locale};
use proptest::prelude::*;
use support::generate::{ALPHABET, cases, parse_builtin, text_of_keys};
use support::reference::Reference;
use support::stream::{character_by_character, cuts, streamed};

fn word(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(ALPHABET), 1..=most)
        .prop_map(|characters| characters.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(ALPHABET), 0..60)
            .prop_map(|characters| characters.concat()),
        1 => any::<String>(),
    ]
}

fn dictionary() -> impl Strategy<Value = Dictionary> {
    prop::collection::btree_map(word(4), word(3), 0..12).prop_map(|entries| {
        let entries = entries.into_iter().map(|(key, value)| Entry::new(key, value));
        Dictionary::new("random", entries).expect("keys differ")
    })
}

fn group() -> impl Strategy<Value = DictionaryGroup> {
    let policy = prop::sample::select(&[MatchPolicy::ShortCircuit, MatchPolicy::Union][..]);
    dictionary().prop_map(DictionaryGroup::from).prop_recursive(3, 6, 3, move |inner| {
        (policy.clone(), prop::collection::vec(inner, 1..=3))
            .prop_map(|(policy, children)| DictionaryGroup::new(policy, children))
    })
}

fn config() -> impl Strategy<Value = Config> {
    let stages = |most| prop::collection::vec(group(), 0..=most);
    (stages(1), prop::option::of(group()), stages(3)).prop_map(
        |(normalization, segmentation, conversion_chain)| Config {
            title: String::new(),
            normalization,
            segmentation,
            conversion_chain,
        },
    )
}

/// What configs of the form that is composed into one pass hold: characters of three bytes, and
/// now and then others inside of words.
const HAN: &[&str] = &["中", "发", "里", "面", "国", "𠮷", "a", "é", "\u{f9dc}", "⿰"];

fn han_word(least: usize, most: usize) -> impl Strategy<Value = String> {
    let first = prop::sample::select(&HAN[..5]);
    // An operator in an entry keeps a config from being composed.
    let any = prop_oneof![60 => prop::sample::select(&HAN[..9]), 1 => prop::sample::select(HAN)];
    let rest = prop::collection::vec(any, least - 1..=most - 1);
    (first, rest).prop_map(|(first, rest)| format!("{first}{}", rest.concat()))
}

fn han_dictionary(shortest_key: usize) -> impl Strategy<Value = Dictionary> {
    let entries = prop::collection::btree_map(han_word(shortest_key, 4), han_word(1, 3), 0..10);
    entries.prop_map(|entries| {
        let entries = entries.into_iter().map(|(key, value)| Entry::new(key, value));
        Dictionary::new("random", entries).expect("keys differ")
    })
}

/// A config of one stage, or of a segmentation and two stages.
fn composable_config() -> impl Strategy<Value = Config> {
    let group = |shortest| han_dictionary(shortest).prop_map(DictionaryGroup::from);
    let compatibility = Dictionary::new("compatibility", [Entry::new("\u{f9dc}", "里")]);
    let normalization = DictionaryGroup::from(compatibility.expect("one entry"));
    let single = (Just(None), prop::collection::vec(group(1), 1..=1)).boxed();
    let double = (group(2).prop_map(Some), prop::collection::vec(group(1), 2..=2)).boxed();
    prop_oneof![single, double].prop_map(move |(segmentation, conversion_chain)| Config {
        title: String::new(),
        normalization: vec![normalization.clone()],
        segmentation,
        conversion_chain,
    })
}

fn han_text() -> impl Strategy<Value = String> {
    // Mostly the first five, so that the pass is not left all the time.
    let character = prop_oneof![
        30 => prop::sample::select(&HAN[..5]),
        1 => prop::sample::select(HAN),
    ];
    prop::collection::vec(character, 0..200).prop_map(|characters| characters.concat())
}

fn build(config: &Config, tables: &[Dictionary]) -> Converter {
    let builder = Converter::builder().custom_config("random", config.clone());
    let add = |builder: jianfan::conversion::ConverterBuilder, table: &Dictionary| {
        builder.table(table.clone())
    };
    tables.iter().fold(builder, add).build().expect("small tables")
}

/// The trace's output is the conversion's, its spans lie where they say, and what is outside
/// of the changes is the same in source and output.
fn check_trace(converter: &Converter, text: &str, expected: &str) {
    let trace = converter.trace(text);
    assert_eq!(trace.output(), expected);
    let (mut source_at, mut output_at) = (0, 0);
    let mut changes: Vec<_> = trace.changes().collect();
    changes.sort_by_key(|change| change.source.bytes.start);
    for change in changes {
        assert_eq!(change.value, change.candidates[0]);
        for (span, whole) in [(&change.source, text), (&change.output, expected)] {
            assert_eq!(span.text, &whole[span.bytes.clone()]);
            let before = whole[..span.bytes.start].chars().count();
            let inside = span.text.chars().count();
            assert_eq!(span.characters, before..before + inside);
        }
        assert_ne!(change.key, change.value);
        if change.source.bytes.start > source_at && change.output.bytes.start >= output_at {
            let kept = &text[source_at..change.source.bytes.start];
            assert!(expected[output_at..].starts_with(kept));
        }
        source_at = source_at.max(change.source.bytes.end);
        output_at = output_at.max(change.output.bytes.end);
    }
    assert_eq!(text[source_at..], expected[output_at..]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(3000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_configs_agree(
        config in config(),
        tables in prop::collection::vec(dictionary(), 0..3),
        text in any_text(),
        cuts in cuts(),
    ) {
        let converter = build(&config, &tables);
        let expected = Reference::new(&config, &tables).convert(&text);
        prop_assert_eq!(&converter.convert(&text), &expected);
        prop_assert_eq!(&streamed(&converter, &text, &cuts), &expected);
        prop_assert_eq!(&character_by_character(&converter, &text), &expected);
        check_trace(&converter, &text, &expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(6000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn composed_configs_agree(
        config in composable_config(),
        tables in prop::collection::vec(han_dictionary(1), 0..2),
        text in han_text(),
        cuts in cuts(),
    ) {
        let converter = build(&config, &tables);
        let expected = Reference::new(&config, &tables).convert(&text);
        prop_assert_eq!(&converter.convert(&text), &expected);
        prop_assert_eq!(&streamed(&converter, &text, &cuts), &expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(1500), failure_persistence: None, ..ProptestConfig::default() })]

    /// A table for the output alone is applied to what comes out without it.
    #[test]
    fn output_tables_agree(
        config in composable_config(),
        table in han_dictionary(1),
        text in han_text(),
        cuts in cuts(),
    ) {
        let builder = Converter::builder().custom_config("random", config.clone());
        let converter = builder.output_table(table.clone()).build().expect("small tables");
        let nothing = Config {
            title: String::new(),
            normalization: Vec::new(),
            segmentation: None,
            conversion_chain: Vec::new(),
        };
        let without = Reference::new(&config, &[]).convert(&text);
        let expected = Reference::new(&nothing, &[table]).convert(&without);
        prop_assert_eq!(&converter.convert(&text), &expected);
        prop_assert_eq!(&streamed(&converter, &text, &cuts), &expected);
    }
}

/// Wherever the pass ends before the end of the text, a key goes across that place.
#[test]
fn keys_across_any_place_agree() {
    let dictionary = |name, key, value| {
        let dictionary = Dictionary::new(name, [Entry::new(key, value)]).expect("one entry");
        DictionaryGroup::from(dictionary)
    };
    let config = Config {
        title: String::new(),
        normalization: vec![dictionary("compatibility", "\u{f9dc}", "里")],
        segmentation: None,
        conversion_chain: vec![dictionary("words", "国里", "发")],
    };
    let converter = build(&config, &[]);
    for (before, behind) in (0..60).flat_map(|before| (0..60).map(move |behind| (before, behind))) {
        for key in ["国里", "国\u{f9dc}"] {
            let around =
                |word: &str| ["中".repeat(before), word.into(), "面".repeat(behind)].concat();
            let (text, expected) = (around(key), around("发"));
            assert_eq!(converter.convert(&text), expected, "{key} between {before} and {behind}");
        }
    }
}

fn check_builtin(name: &str, tofu_risk: TofuRisk) {
    let parsed = parse_builtin(name, tofu_risk);
    let reference = Reference::new(&parsed, &[]);
    let builder = Converter::builder().config(name).expect("a built-in config");
    let converter = builder.tofu_risk(tofu_risk).build().expect("no tables of the user's");
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: cases(150),
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let result = runner.run(&(text_of_keys(&parsed), cuts()), |(text, cuts)| {
        let expected = reference.convert(&text);
        prop_assert_eq!(&converter.convert(&text), &expected);
        prop_assert_eq!(&streamed(&converter, &text, &cuts), &expected);
        prop_assert_eq!(&character_by_character(&converter, &text), &expected);
        check_trace(&converter, &text, &expected);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{name} ({tofu_risk:?}): {error}"));
}

#[test]
fn built_in_configs_agree() {
    for (name, _) in Converter::configs() {
        check_builtin(name, TofuRisk::Exclude);
    }
}

#[test]
fn built_in_configs_agree_with_tofu_risk() {
    for name in ["t2s", "tw2s", "tw2sp", "hk2s", "hk2sp"] {
        check_builtin(name, TofuRisk::Include);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(300), failure_persistence: None, ..ProptestConfig::default() })]

    /// A pair of locales that goes through two configs is the one after the other.
    #[test]
    fn configs_compose(
        text in text_of_keys(&parse_builtin("tw2t", TofuRisk::Exclude)),
        cuts in cuts(),
    ) {
        let composed = Converter::between(Locale::ZhTw, Locale::Ja);
        let [first, second] = ["tw2t", "t2jp"].map(|name| Converter::config(name).expect("built in"));
        let expected = second.convert(&first.convert(&text)).into_owned();
        prop_assert_eq!(&composed.convert(&text), &expected);
        prop_assert_eq!(&streamed(&composed, &text, &cuts), &expected);
        check_trace(&composed, &text, &expected);
    }
}

/// A table whose keys stand in the text: where they begin and how many characters they have.
fn table_of(text: &str, keys: &[(prop::sample::Index, usize)]) -> Dictionary {
    let characters: Vec<char> = text.chars().collect();
    let mut entries = std::collections::BTreeMap::new();
    for (number, (start, len)) in keys.iter().enumerate().filter(|_| !characters.is_empty()) {
        let start = start.index(characters.len());
        let key: String = characters[start..].iter().take(*len).collect();
        // No table has NUL.
        let key = key.replace('\0', "中");
        entries.insert(key, format!("〔{number}〕"));
    }
    let entries = entries.into_iter().map(|(key, value)| Entry::new(key, value));
    Dictionary::new("house", entries).expect("keys differ")
}

/// The same table with an entry for a key of ASCII alone, which keeps it from being part of a pass
/// over the text. The key stands in no text.
fn stepwise(table: &Dictionary) -> Dictionary {
    let more = Entry::new("\u{1}\u{2}", "\u{1}");
    let entries = table.entries().iter().cloned().chain([more]);
    Dictionary::new("house", entries).expect("keys differ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(150), failure_persistence: None, ..ProptestConfig::default() })]

    /// A user's table does in a pass over the text what the steps do with it, with every config and
    /// between locales, before all else and behind.
    #[test]
    fn user_tables_agree(
        text in text_of_keys(&parse_builtin("s2twp", TofuRisk::Exclude)),
        keys in prop::collection::vec((any::<prop::sample::Index>(), 1_usize..5), 0..12),
        cuts in cuts(),
    ) {
        let table = table_of(&text, &keys);
        let builders = Converter::configs()
            .map(|(name, _)| Converter::builder().config(name).expect("built in"))
            .chain([Converter::builder().to(Locale::ZhTw), Converter::builder().to(Locale::ZhCn)]);
        for builder in builders {
            let with = |table: Dictionary, is_for_output: bool| {
                let builder = builder.clone();
                let builder =
                    if is_for_output { builder.output_table(table) } else { builder.table(table) };
                builder.build().expect("a small table")
            };
            for is_for_output in [false, true] {
                let expected = with(stepwise(&table), is_for_output).convert(&text).into_owned();
                let converter = with(table.clone(), is_for_output);
                prop_assert_eq!(&converter.convert(&text), &expected, "{:?}", builder);
                prop_assert_eq!(&streamed(&converter, &text, &cuts), &expected, "{:?}", builder);
            }
        }
    }
}
