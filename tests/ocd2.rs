//! `.ocd2` dictionaries: one made by OpenCC's own tool, that one damaged, and crafted ones.
//!
//! The crafted ones are laid out as marisa 0.3.1 and OpenCC 1.4.2 do it, with the indexes that
//! only serve searching left empty.

use jianfan::dictionary::{Entry, ocd2, text};

const VILLAGE: &[u8] = include_bytes!("data/ocd2/village.ocd2");
const VILLAGE_TEXT: &[u8] = include_bytes!("data/ocd2/village.txt");

#[test]
fn reads_what_opencc_wrote() {
    let compiled = ocd2::parse("village", VILLAGE).unwrap();
    assert_eq!(compiled, text::parse("village", VILLAGE_TEXT).unwrap());
}

#[test]
fn refuses_every_truncation() {
    for length in 0..VILLAGE.len() {
        let cut = VILLAGE.get(..length).unwrap();
        assert!(ocd2::parse("cut", cut).is_err(), "cut to {length} bytes");
    }
}

#[test]
fn survives_every_flipped_bit() {
    let mut bytes = VILLAGE.to_vec();
    for bit in 0..8 * bytes.len() {
        bytes[bit / 8] ^= 1 << (bit % 8);
        if let Err(error) = ocd2::parse("flipped", &bytes) {
            assert_eq!(error.to_string().lines().count(), 1, "bit {bit}");
        }
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn refuses_other_files() {
    let problem = "it does not begin with “OPENCC_MARISA_0.2.5”";
    assert_eq!(problem_of(b""), problem);
    assert_eq!(problem_of(VILLAGE_TEXT), problem);
    assert_eq!(
        problem_of(b"OPENCC_MARISA_0.2.5We love Maria, too"),
        "the header of the trie is wrong"
    );
    assert_eq!(problem_of(&[VILLAGE, VILLAGE].concat()), "it goes on after the last value");
}

#[test]
fn a_key_without_value_becomes_itself() {
    let bytes = file(&[one_key(b'a')], &[&[]]);
    assert_eq!(entries(&bytes), [Entry::new("a", "a")]);
}

#[test]
fn a_value_may_be_empty() {
    let bytes = file(&[one_key(b'a')], &[&[b"\0", b"b\0"]]);
    assert_eq!(entries(&bytes)[0].candidates, ["", "b"]);
}

#[test]
fn reads_a_tail_with_end_flags() {
    // Two links: to all of the tail and into its middle.
    let tree = Level {
        louds: "10110000".into(),
        terminals: "0110".into(),
        links: "011".into(),
        bases: vec![0, 0, 3],
        extras: vec![0, 0],
        tail: "里外".into(),
        tail_ends: "000001".into(),
    };
    let entries = entries(&file(&[tree], &[&[], &[]]));
    assert_eq!(entries, [Entry::new("外", "外"), Entry::new("里外", "里外")]);
}

#[test]
fn refuses_keys_no_dictionary_can_hold() {
    let root_only = Level {
        louds: "1000".into(),
        terminals: "10".into(),
        links: "0".into(),
        bases: vec![0],
        ..Level::default()
    };
    let twins = Level {
        louds: "10110000".into(),
        terminals: "0110".into(),
        links: "000".into(),
        bases: b"\0aa".into(),
        ..Level::default()
    };
    let none: &[&[u8]] = &[];
    let problem = |level, values: &[&[&[u8]]]| problem_of(&file(&[level], values));
    assert_eq!(problem(root_only, &[none]), "key 1 is empty");
    assert_eq!(problem(one_key(0), &[none]), "key 1 holds a NUL character");
    assert_eq!(problem(one_key(0xff), &[none]), "key 1 is not UTF-8");
    assert_eq!(problem(twins, &[none, none]), "the key \"a\" stands twice");
}

#[test]
fn refuses_impossible_tries() {
    type Change = fn(&mut Level);
    let problem = |change: Change| {
        let mut level = one_link();
        change(&mut level);
        problem_of(&file(&[level], &[&[]]))
    };
    let cases: [(Change, &str); 8] = [
        (|it| it.louds = "100100".into(), "the louds bit vector does not describe a tree"),
        (|it| it.louds = "10100".into(), "the louds bit vector does not fit the number of nodes"),
        (|it| it.terminals = "01".into(), "the terminal flags do not fit the number of nodes"),
        (|it| it.links = "00".into(), "the link flags do not fit the nodes and links"),
        (|it| it.extras = vec![1], "a label lies outside the tail"),
        (|it| it.tail = b"ab".into(), "a label runs past the end of the tail"),
        (|it| it.tail = b"\0".into(), "a label in the tail is empty"),
        (|it| it.tail_ends = "1".into(), "the tail has more or fewer bytes than end flags"),
    ];
    for (change, expected) in cases {
        assert_eq!(problem(change), expected);
    }
}

#[test]
fn refuses_values_that_do_not_fit() {
    let problem = |values: &[&[&[u8]]]| problem_of(&file(&[one_key(b'a')], values));
    assert_eq!(problem(&[]), "it has 1 keys, but values for 0");
    assert_eq!(problem(&[&[b"\xff\0"]]), "a value of key 1 is not UTF-8");
    for value in [&b""[..], b"b", b"b\0c\0"] {
        assert_eq!(problem(&[&[value]]), "a value of key 1 does not end at its only NUL");
    }
    let short = [&b"OPENCC_MARISA_0.2.5"[..], &trie(&[one_key(b'a')])].concat();
    let lengths = |count: u16, length: u16| {
        let lengths = [count.to_le_bytes(), length.to_le_bytes()].concat();
        problem_of(&[&short[..], &[1, 0, 0, 0, 1, 0, 0, 0, 0], &lengths].concat())
    };
    assert_eq!(lengths(1, 2), "a value of key 1 lies outside the values");
    assert_eq!(lengths(2, 1), "it ends inside the lengths of the values");
    assert_eq!(lengths(0, 0), "it has values that belong to no key");
}

#[test]
fn limits_what_links_can_multiply() {
    // Each level is a path of ten nodes, and each of its labels is the whole path of the next.
    let path = Level {
        louds: format!("{}00", "10".repeat(11)),
        terminals: format!("{}10", "0".repeat(10)),
        links: format!("0{}", "1".repeat(10)),
        bases: vec![10; 11],
        extras: vec![0; 10],
        ..Level::default()
    };
    let mut levels = vec![path; 20];
    levels.push(one_key(b'a'));
    let problem = problem_of(&file(&levels, &[&[]]));
    assert_eq!(problem, "a label links to a node that is not there");

    levels[19].bases = vec![1; 11];
    let problem = problem_of(&file(&levels, &[&[]]));
    assert_eq!(problem, "the keys are far longer than a file of this size justifies");

    let endless = Level { tail: Vec::new(), ..one_link() };
    let problem = problem_of(&file(&vec![endless; 128], &[&[]]));
    assert_eq!(problem, "more than 127 tries are nested");
}

/// The parts of a trie, bits as text.
#[derive(Clone, Default)]
struct Level {
    louds: String,
    terminals: String,
    links: String,
    bases: Vec<u8>,
    extras: Vec<u32>,
    tail: Vec<u8>,
    tail_ends: String,
}

/// A trie of one key of one byte.
fn one_key(byte: u8) -> Level {
    Level {
        louds: "101000".into(),
        terminals: "010".into(),
        links: "00".into(),
        bases: vec![0, byte],
        ..Level::default()
    }
}

/// A trie of one key, which stands in the tail.
fn one_link() -> Level {
    Level { links: "01".into(), extras: vec![0], tail: b"ab\0".into(), ..one_key(0) }
}

fn file(levels: &[Level], values: &[&[&[u8]]]) -> Vec<u8> {
    let texts = values.concat().concat();
    let mut file = b"OPENCC_MARISA_0.2.5".to_vec();
    file.extend(trie(levels));
    file.extend((values.len() as u32).to_le_bytes());
    file.extend((texts.len() as u32).to_le_bytes());
    file.extend(texts);
    for values in values {
        file.extend((values.len() as u16).to_le_bytes());
        for value in *values {
            file.extend((value.len() as u16).to_le_bytes());
        }
    }
    file
}

fn trie(levels: &[Level]) -> Vec<u8> {
    let mut trie = b"We love Marisa.\0".to_vec();
    for level in levels {
        trie.extend(bits(&level.louds));
        trie.extend(bits(&level.terminals));
        trie.extend(bits(&level.links));
        trie.extend(vector(&level.bases));
        trie.extend(numbers(&level.extras));
        trie.extend(vector(&level.tail));
        trie.extend(bits(&level.tail_ends));
    }
    for _ in levels {
        trie.extend([vector(&[]), vec![0; 8]].concat());
    }
    trie
}

/// The length in bytes, the bytes, and padding.
fn vector(bytes: &[u8]) -> Vec<u8> {
    let mut vector = (bytes.len() as u64).to_le_bytes().to_vec();
    vector.extend(bytes);
    vector.resize(vector.len().next_multiple_of(8), 0);
    vector
}

/// Words of 64 bits, the number of bits and of ones, and three empty indexes.
fn bits(text: &str) -> Vec<u8> {
    let mut words = vec![0; text.len().div_ceil(64) * 8];
    for (index, _) in text.match_indices('1') {
        words[index / 8] |= 1 << (index % 8);
    }
    let mut bits = vector(&words);
    bits.extend((text.len() as u32).to_le_bytes());
    bits.extend((text.matches('1').count() as u32).to_le_bytes());
    bits.extend([vector(&[]), vector(&[]), vector(&[])].concat());
    bits
}

/// Words of 64 bits with two numbers each, the width of a number, its mask, and how many.
fn numbers(values: &[u32]) -> Vec<u8> {
    let mut words: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    words.resize(words.len().next_multiple_of(8), 0);
    let mut numbers = vector(&words);
    numbers.extend([32_u32.to_le_bytes(), u32::MAX.to_le_bytes()].concat());
    numbers.extend((values.len() as u64).to_le_bytes());
    numbers
}

fn entries(bytes: &[u8]) -> Vec<Entry> {
    ocd2::parse("crafted", bytes).unwrap().entries().to_vec()
}

fn problem_of(bytes: &[u8]) -> String {
    let error = ocd2::parse("crafted", bytes).unwrap_err().to_string();
    let prefix = "crafted: not a readable .ocd2 dictionary: ";
    error.strip_prefix(prefix).unwrap().to_owned()
}
