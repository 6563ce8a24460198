//! OpenCC's rules written down plainly, with no thought of speed or of streams: what the engine
//! must agree with. Works on whole texts, character by character, with the groups as they are.

use std::collections::HashMap;

use jianfan::conversion::Config;
use jianfan::dictionary::{Dictionary, DictionaryGroup, MatchPolicy};

/// A config, and the user's tables to be asked first (the last one first of all).
pub struct Reference {
    normalization: Vec<Group>,
    segmentation: Option<Group>,
    chain: Vec<Group>,
    user: Option<Group>,
}

/// A part of the text: nothing matches across its ends.
#[derive(Clone)]
struct Part {
    text: String,
    /// A value of the user's: no later stage touches it.
    settled: bool,
}

enum Group {
    Dictionary { values: HashMap<String, String>, longest: usize },
    Group { policy: MatchPolicy, children: Vec<Group> },
}

impl Reference {
    pub fn new(config: &Config, tables: &[Dictionary]) -> Self {
        let mut reference = Self {
            normalization: config.normalization.iter().map(Group::new).collect(),
            segmentation: config.segmentation.as_ref().map(Group::new),
            chain: config.conversion_chain.iter().map(Group::new).collect(),
            user: None,
        };
        let children = tables.iter().rev().map(|table| reference.user_group(table)).collect();
        reference.user = Some(Group::Group { policy: MatchPolicy::ShortCircuit, children });
        reference
    }

    /// The user's table with its keys normalized, as the text is when they are looked up.
    fn user_group(&self, table: &Dictionary) -> Group {
        let mut values = HashMap::new();
        for as_written in [true, false] {
            for entry in table.entries() {
                let parts = vec![Part { text: entry.key.clone(), settled: false }];
                let key = joined(self.normalize(parts));
                if (key == entry.key) == as_written && !key.is_empty() {
                    values.entry(key).or_insert_with(|| entry.candidates[0].clone());
                }
            }
        }
        Group::dictionary(values)
    }

    fn normalize(&self, parts: Vec<Part>) -> Vec<Part> {
        let stages = self.normalization.iter();
        stages.fold(parts, |parts, stage| each(parts, |text| rewrite(text, None, stage)))
    }

    pub fn convert(&self, text: &str) -> String {
        let mut parts = self.normalize(vec![Part { text: text.to_owned(), settled: false }]);
        let mut user = self.user.as_ref();
        if let Some(segmentation) = &self.segmentation {
            parts = each(parts, |text| segment(text, user, segmentation));
            user = None;
        }
        for stage in &self.chain {
            parts = each(parts, |text| rewrite(text, user, stage));
            user = None;
        }
        if let Some(user) = user {
            parts = each(parts, |text| rewrite(text, None, user));
        }
        joined(parts)
    }
}

fn joined(parts: Vec<Part>) -> String {
    parts.into_iter().map(|part| part.text).collect()
}

/// Replaces each part that is not settled by the parts that `work` makes of it.
fn each(parts: Vec<Part>, work: impl Fn(&str) -> Vec<Part>) -> Vec<Part> {
    let expand = |part: Part| if part.settled { vec![part] } else { work(&part.text) };
    parts.into_iter().flat_map(expand).collect()
}

fn rewrite(mut text: &str, user: Option<&Group>, stage: &Group) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open = String::new();
    while !text.is_empty() {
        let len = if let Some((len, value)) = user.and_then(|user| user.longest(text)) {
            parts.push(Part { text: std::mem::take(&mut open), settled: false });
            parts.push(Part { text: value.to_owned(), settled: true });
            len
        } else if let Some((len, value)) = stage.longest(text) {
            open.push_str(value);
            len
        } else {
            let len = unmatched(text);
            open.push_str(&text[..len]);
            len
        };
        text = &text[len..];
    }
    parts.push(Part { text: open, settled: false });
    parts
}

fn segment(mut text: &str, user: Option<&Group>, segmentation: &Group) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut run = String::new();
    while !text.is_empty() {
        let user_match = user.and_then(|user| user.longest(text));
        let len = if let Some((len, value)) = user_match {
            parts.push(Part { text: std::mem::take(&mut run), settled: false });
            parts.push(Part { text: value.to_owned(), settled: true });
            len
        } else if let Some((len, _)) = segmentation.longest(text) {
            parts.push(Part { text: std::mem::take(&mut run), settled: false });
            parts.push(Part { text: text[..len].to_owned(), settled: false });
            len
        } else {
            let len = unmatched(text);
            run.push_str(&text[..len]);
            len
        };
        text = &text[len..];
    }
    parts.push(Part { text: run, settled: false });
    parts
}

/// The length of what is copied where no key matches.
fn unmatched(text: &str) -> usize {
    let characters: Vec<char> = text.chars().collect();
    let mut count = 0;
    let complete = operands(characters[0]) > 0 && description(&characters, &mut count, 16);
    let copied = if complete { count } else { 1 };
    characters[..copied].iter().map(|character| character.len_utf8()).sum()
}

/// Whether a complete description begins at `characters[*count]`; moves `count` past it.
fn description(characters: &[char], count: &mut usize, depth: usize) -> bool {
    if depth == 0 || *count == 64 || *count == characters.len() {
        return false;
    }
    let operands = operands(characters[*count]);
    *count += 1;
    (0..operands).all(|_| description(characters, count, depth - 1))
}

fn operands(character: char) -> usize {
    match u32::from(character) {
        0x2ff2 | 0x2ff3 => 3,
        0x2ffe | 0x2fff => 1,
        0x2ff0..=0x2ffd => 2,
        _ => 0,
    }
}

impl Group {
    fn new(group: &DictionaryGroup) -> Self {
        match group {
            DictionaryGroup::Dictionary(dictionary) => {
                let entries = dictionary.entries().iter();
                let pairs = entries.map(|entry| (entry.key.clone(), entry.candidates[0].clone()));
                Self::dictionary(pairs.collect())
            }
            DictionaryGroup::Group { policy, children } => {
                Self::Group { policy: *policy, children: children.iter().map(Self::new).collect() }
            }
        }
    }

    fn dictionary(values: HashMap<String, String>) -> Self {
        let longest = values.keys().map(String::len).max().unwrap_or(0);
        Self::Dictionary { values, longest }
    }

    /// The match at the beginning of `text`: its length and the value.
    fn longest(&self, text: &str) -> Option<(usize, &str)> {
        match self {
            Self::Dictionary { values, longest } => {
                let ends = (1..=text.len().min(*longest)).rev();
                let mut ends = ends.filter(|end| text.is_char_boundary(*end));
                ends.find_map(|end| Some((end, values.get(&text[..end])?.as_str())))
            }
            Self::Group { policy: MatchPolicy::ShortCircuit, children } => {
                children.iter().find_map(|child| child.longest(text))
            }
            Self::Group { policy: MatchPolicy::Union, children } => {
                let matches = children.iter().filter_map(|child| child.longest(text));
                // max_by_key keeps the last of equals; the earlier child wins here.
                matches.fold(None, |best, one| match best {
                    Some((len, _)) if len >= one.0 => best,
                    _ => Some(one),
                })
            }
        }
    }
}
