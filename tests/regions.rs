//! The tables of regional words: well-formed, in order, without quarrels, and each row does what it
//! says in a sentence.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use jianfan::Converter;
use jianfan::Locale::{self, *};
use jianfan::context::code;
use support::regions::{Concept, Read, concepts};

/// The places whose words are tested in every direction.
const PLACES: [Locale; 3] = [ZhCn, ZhTw, ZhHk];

/// What tells words apart: their codes, and the letters and digits that have one code.
fn key(word: &str) -> Vec<u32> {
    let key = |one: char| if one.is_ascii() { u32::from(one) } else { u32::from(code(one)) };
    word.chars().map(key).collect()
}

#[test]
fn rows_are_in_order_and_concepts_have_one() {
    let mut all = BTreeMap::new();
    for (file, concepts) in &concepts() {
        let names: Vec<_> = concepts.iter().map(|concept| &concept.name).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{file}: by the bytes of the concept");
        for concept in concepts {
            let before = all.insert(concept.name.clone(), file);
            assert_eq!(before, None, "{file}: {}", concept.name);
        }
    }
}

#[test]
fn a_word_that_needs_a_condition_has_one() {
    for concept in concepts().values().flatten() {
        let asks =
            concept.words.iter().flatten().flatten().any(|word| word.read == Read::Sometimes);
        assert_eq!(asks, !concept.condition.is_empty(), "{}", concept.name);
    }
}

#[test]
fn words_are_in_the_characters_of_their_place() {
    let configs = [("t2s", 0), ("t2tw", 1), ("t2hk", 2), ("t2s", 3), ("t2s", 4), ("t2hk", 5)];
    let converters = configs.map(|(name, _)| Converter::config(name).expect("built in"));
    let mut wrong = Vec::new();
    for concept in concepts().values().flatten() {
        for (number, words) in concept.words.iter().enumerate() {
            // 着 and 著, 乾 and 干 are words of their own.
            let is_free = |text: &str| text.contains(['著', '乾', '瞭', '於', '昇']);
            for word in words.iter().flatten().filter(|word| !is_free(&word.text)) {
                let own = converters[number].convert(&word.text);
                if own != word.text {
                    wrong.push(format!("{}: {}, not {}", concept.name, own, word.text));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} words:\n{}", wrong.len(), wrong.join("\n"));
}

/// A word that is read everywhere is a key of one row.
#[test]
fn no_word_is_replaced_in_two_ways() {
    let mut seen: BTreeMap<(usize, Vec<u32>), String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for concept in concepts().values().flatten() {
        for (number, words) in concept.words.iter().enumerate() {
            let everywhere = words.iter().flatten().filter(|word| word.read == Read::Everywhere);
            for word in everywhere {
                let before = seen.insert((number, key(&word.text)), concept.name.clone());
                if before.as_ref().is_some_and(|before| *before != concept.name) {
                    wrong.push(format!("{}: {} and {before:?}", word.text, concept.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} words:\n{}", wrong.len(), wrong.join("\n"));
}

/// A sentence that says nothing about the word in it.
fn sentence(place: Locale, word: &str) -> String {
    match place {
        ZhCn => format!("我们看到{word}了。"),
        _ => format!("我們看到{word}了。"),
    }
}

#[test]
fn words_come_out_and_stay() {
    let mut wrong = Vec::new();
    for (from_number, from) in PLACES.into_iter().enumerate() {
        for (to_number, to) in PLACES.into_iter().enumerate().filter(|(_, to)| *to != from) {
            let converter = Converter::between(from, to);
            for concept in concepts().values().flatten() {
                for (word, value) in concept.replacements(from_number, to_number) {
                    let once = converter.convert(&sentence(from, word)).into_owned();
                    let twice = converter.convert(&once).into_owned();
                    if key(&once) != key(&sentence(to, value)) || twice != once {
                        let way = format!("{from}>{to}");
                        wrong.push(format!(
                            "{way}\t{}\t{word}\t{value}\t{once}\t{twice}",
                            concept.name
                        ));
                    }
                }
            }
        }
    }
    let known: BTreeSet<&str> = KNOWN.iter().copied().collect();
    wrong.retain(|line| !known.contains(line.split('\t').nth(1).unwrap_or_default()));
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

/// Concepts whose words don't come out everywhere.
const KNOWN: &[&str] = &[];

/// A concept is a concept of a place only if it says something of it.
#[test]
fn there_are_as_many_concepts_as_asked_for() {
    let all = concepts();
    let count =
        |test: &dyn Fn(&Concept) -> bool| all.values().flatten().filter(|one| test(one)).count();
    let differs = |concept: &Concept| {
        let first = |number: usize| concept.words[number].as_ref().and_then(|words| words.first());
        first(0).zip(first(1)).is_some_and(|(cn, tw)| key(&cn.text) != key(&tw.text))
    };
    assert!(count(&differs) >= 6000, "{}", count(&differs));
    assert!(count(&|concept| concept.words[2].is_some()) >= 2500);
}

/// In a list of messages, words that give way say what it is about; those that stay are anybody's.
#[test]
fn messages_are_known_by_words_that_give_way() {
    let converter = Converter::between(ZhTw, ZhCn);
    let after = |line: &str| {
        let list = format!("{line}\n").repeat(10) + "離開";
        converter.convert(&list).into_owned().rsplit('\n').next().map(str::to_owned)
    };
    assert_eq!(after("螢幕與滑鼠"), Some("退出".to_owned()));
    assert_eq!(after("單一的頻道"), Some("离开".to_owned()));
    // A sentence in a line of its own may be a message, too; several in one are prose.
    assert_eq!(after("螢幕\n滑鼠\n請檢查印表機。"), Some("退出".to_owned()));
    assert_eq!(after("請檢查螢幕。再檢查滑鼠。"), Some("离开".to_owned()));
}
