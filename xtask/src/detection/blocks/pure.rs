//! Text and nothing else, from 4 bytes on.

use super::{Block, LENGTHS, Mark, Measure, Row, Samples, Source};

/// No mark: such a snippet can't be made, or nobody could tell.
const NONE: f64 = 0.0;

/// The source, and what percentage must be right at 4, 8, 16, 32, and 64 bytes and more.
const MARKS: &[(&str, Measure, [f64; 5])] = &[
    ("GB2312", Measure::Text, [96.0, 99.0, 99.7, 99.9, 100.0]),
    ("GBK, Traditional", Measure::Text, [96.0, 98.5, 99.7, 99.9, 100.0]),
    ("GB18030, 4-byte", Measure::Text, [80.0, 95.0, 99.5, 99.9, 100.0]),
    ("Big5", Measure::Text, [96.0, 99.0, 99.8, 99.9, 100.0]),
    ("Big5-HKSCS", Measure::Big5, [94.0, 98.0, 100.0, 100.0, 100.0]),
    ("Big5-HKSCS", Measure::Text, [90.0, 95.0, 97.0, 98.0, 99.0]),
    ("Big5-UAO", Measure::Big5, [NONE, 93.0, 99.0, 100.0, 100.0]),
    ("Big5-UAO", Measure::Text, [NONE, 90.0, 97.0, 99.0, 100.0]),
    ("UTF-8", Measure::Text, [100.0; 5]),
    ("UTF-16LE", Measure::Text, [90.0, 99.5, 100.0, 100.0, 100.0]),
    ("UTF-16BE", Measure::Text, [90.0, 99.5, 100.0, 100.0, 100.0]),
    ("EUC-TW", Measure::Text, [75.0, 92.0, 98.0, 99.5, 100.0]),
    ("HZ", Measure::Text, [NONE, NONE, 100.0, 100.0, 100.0]),
    ("ISO-2022-CN", Measure::Text, [NONE, NONE, 100.0, 100.0, 100.0]),
    ("Shift_JIS", Measure::Text, [98.0, 99.5, 99.8, 100.0, 100.0]),
    ("EUC-JP", Measure::Text, [90.0, 97.0, 99.8, 100.0, 100.0]),
    ("EUC-KR", Measure::Text, [92.0, 99.0, 99.8, 100.0, 100.0]),
];

pub(super) fn block(sources: &[Source]) -> Block {
    let find = |name: &str| sources.iter().find(|source| source.name == name);
    let rows =
        MARKS.iter().filter_map(|(name, measure, marks)| Some(row(find(name)?, *measure, marks)));
    Block { title: "Pure text, by bytes: % right", columns: LENGTHS.to_vec(), rows: rows.collect() }
}

fn row(source: &Source, measure: Measure, marks: &[f64; 5]) -> Row {
    let of = |mark: f64| (mark != NONE).then_some(Mark::AtLeast(mark));
    let longer = [marks[4]; 2];
    let name = match measure {
        Measure::Big5 => format!("{}: family", source.name),
        _ => source.name.to_owned(),
    };
    let stream = source.stream.clone();
    let samples = Samples::Made(Box::new(move |rng, length| stream.snippet(rng, length)));
    Row { name, measure, marks: marks.iter().chain(&longer).map(|m| of(*m)).collect(), samples }
}
