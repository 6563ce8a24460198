//! `jianfan detect --mojibake`: what was decoded wrongly in an input.

use serde::Serialize;

use crate::encoding::{MojibakeKind, MojibakePlace, MojibakeScan, Verdict};

/// So many places are listed; the others are counted.
const LISTED: usize = 100;

/// What is damaged in a text that comes in pieces; as JSON, two fields.
#[derive(Debug, Default, Serialize)]
pub struct Damage {
    #[serde(skip)]
    scan: MojibakeScan,
    /// What the last piece brought.
    #[serde(skip)]
    found: Vec<MojibakePlace>,
    #[serde(skip)]
    groups: Vec<Group>,
    #[serde(rename = "mojibake_count")]
    count: u64,
    #[serde(rename = "mojibake")]
    places: Vec<Place>,
}

/// The places that are alike.
#[derive(Debug)]
struct Group {
    kind: MojibakeKind,
    verdict: Verdict,
    count: u64,
    /// Line and column of the first.
    first: (u64, u64),
}

#[derive(Debug, Serialize)]
struct Place {
    kind: String,
    line: u64,
    column: u64,
    verdict: &'static str,
    text: String,
    repaired: Option<String>,
}

impl Damage {
    /// Takes the next piece of the text.
    pub fn push(&mut self, text: &str) {
        self.scan.push(text, &mut self.found);
        self.take();
    }

    /// Takes the end of the text.
    pub fn finish(&mut self) {
        self.scan.finish(&mut self.found);
        self.take();
    }

    fn take(&mut self) {
        for place in self.found.drain(..) {
            self.count += 1;
            Group::add(&mut self.groups, &place);
            if self.places.len() < LISTED {
                self.places.push(Place::new(place));
            }
        }
    }

    /// The groups on one line, or `nothing`.
    pub fn to_text(&self, nothing: &str) -> String {
        let groups: Vec<String> = self.groups.iter().map(Group::to_text).collect();
        if groups.is_empty() { nothing.to_owned() } else { groups.join(", ") }
    }
}

impl Group {
    fn add(groups: &mut Vec<Self>, place: &MojibakePlace) {
        let is_like =
            |group: &&mut Self| (group.kind, group.verdict) == (place.kind, place.verdict);
        match groups.iter_mut().find(is_like) {
            Some(group) => group.count += 1,
            None => groups.push(Self {
                kind: place.kind,
                verdict: place.verdict,
                count: 1,
                first: (place.line, place.column),
            }),
        }
    }

    fn to_text(&self) -> String {
        let (line, column) = self.first;
        let places = match self.count {
            1 => format!("1 place, at {line}:{column}"),
            count => format!("{count} places, first at {line}:{column}"),
        };
        match self.verdict {
            Verdict::Certain => format!("{} ({places})", self.kind),
            Verdict::Doubtful => format!("perhaps {} ({places})", self.kind),
            Verdict::Lost => format!("{}, lost ({places})", self.kind),
        }
    }
}

impl Place {
    fn new(place: MojibakePlace) -> Self {
        let verdict = match place.verdict {
            Verdict::Certain => "certain",
            Verdict::Doubtful => "doubtful",
            Verdict::Lost => "lost",
        };
        Self {
            kind: place.kind.to_string(),
            line: place.line,
            column: place.column,
            verdict,
            text: place.text,
            repaired: (place.verdict != Verdict::Lost).then_some(place.repaired),
        }
    }
}
