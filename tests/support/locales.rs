//! Text for the pipelines that read: words and sentences of all places, mixed, and what a stream
//! has to get over.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

/// A file of the package.
pub fn read(path: &str) -> String {
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&whole).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The columns of a file's rows, without comments.
pub fn rows(path: &str) -> Vec<Vec<String>> {
    let text = read(path);
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// What the texts are made of.
#[derive(Debug, Clone)]
pub struct Material {
    /// Words of all places.
    pub words: Arc<[String]>,
    /// Keys and values of the spellings of all places.
    pub spellings: Arc<[String]>,
    /// Whole sentences, in the scripts and forms of all places.
    pub sentences: Arc<[String]>,
}

impl Material {
    pub fn read() -> Self {
        let regions = super::regions::concepts().into_values().flatten();
        let words = regions.flat_map(|concept| concept.words.into_iter().flatten().flatten());
        let places = ["zh-CN", "zh-HK", "zh-TW", "zh-TW.traditional"];
        let spellings =
            places.iter().flat_map(|place| rows(&format!("dictionaries/orthography/{place}.txt")));
        let readings = rows("tests/data/readings.tsv").into_iter();
        Self {
            words: words.map(|word| word.text).collect(),
            spellings: spellings.flatten().collect(),
            sentences: readings.flat_map(|row| row.into_iter().skip(2).take(2)).collect(),
        }
    }
}

/// Characters with several readings or forms, in all of these.
const AMBIGUOUS: &str = "发發髮后後里裡裏干乾幹面麵只隻台臺颱檯系係繫了瞭着著藉借徵征夥伙准準製制\
    於于云雲余餘复復複覆历歷曆钟鐘鍾斗鬥谷穀丑醜冲衝沖松鬆范範胡鬍卷捲产產説說羣群户戶线線綫才纔\
    煙菸淨凈佈布佔占週周份分";
/// What ideographs meet between words.
const COMMON: &str =
    "的是不在有我他她它我们這这那一二三人大小中上下来來去說说看會会要能也都和與与把被";
/// What ends sentences, and what doesn't.
const PUNCTUATION: &str = "。！？!?，、；：「」『』“”‘’（）《》…—·\u{3000}";
/// Characters beyond the BMP, Simplified and Traditional forms among them, and others like them.
const RARE: &str =
    "𠮷𡨥𣲘𦈐𧝧𨱏𩙥𩧨𫍲𫗧𫟷𬙊𱊜𰻝𥐟𤊀𠁞\u{f9dc}\u{f900}\u{2f81a}\u{fe00}⿰⿳㑳㐷〇々";

fn characters_of(set: &'static str) -> impl Strategy<Value = String> + Clone {
    let all: Vec<String> =
        set.chars().filter(|one| !one.is_ascii_whitespace()).map(String::from).collect();
    prop::sample::select(all)
}

fn one_of(list: &Arc<[String]>) -> impl Strategy<Value = String> + Clone + use<> {
    let list = Arc::clone(list);
    any::<prop::sample::Index>().prop_map(move |index| list[index.index(list.len())].clone())
}

/// Part of a word: what is left where it is cut.
fn cut((word, start, len): (String, usize, usize)) -> String {
    let count = word.chars().count();
    word.chars().skip(start % count).take(len).collect()
}

/// Short text of words, sentences and characters that belong to no place.
pub fn piece(material: &Material) -> impl Strategy<Value = String> + Clone + use<> {
    let word = one_of(&material.words);
    prop_oneof![
        6 => word.clone(),
        2 => (word, 0_usize..8, 1_usize..4).prop_map(cut),
        4 => one_of(&material.spellings),
        4 => one_of(&material.sentences),
        6 => characters_of(AMBIGUOUS),
        6 => characters_of(COMMON),
        3 => characters_of(PUNCTUATION),
        1 => characters_of(RARE),
        1 => prop::sample::select(&["\n", "\r\n", "\n\n", " ", "\t"][..]).prop_map(str::to_owned),
        1 => "[ -~]{1,12}",
        1 => any::<char>().prop_map(String::from),
    ]
}

/// Text of up to `pieces` such pieces.
pub fn short_text(material: &Material, pieces: usize) -> impl Strategy<Value = String> + use<> {
    prop::collection::vec(piece(material), 0..pieces).prop_map(|pieces| pieces.concat())
}

/// Text in which no sentence ends for kilobytes, by ideographs or by ASCII.
pub fn long_text(material: &Material) -> impl Strategy<Value = String> + use<> {
    let unended = |text: String| {
        let ends = |one: &char| matches!(one, '。' | '！' | '？' | '!' | '?' | '\n' | '\r');
        text.chars().filter(|one| !ends(one)).collect::<String>()
    };
    let ideographs = prop::collection::vec(piece(material), 1..60)
        .prop_map(move |pieces| unended(pieces.concat()))
        .prop_flat_map(|text| (Just(text), 1000_usize..14_000))
        .prop_map(|(text, len)| {
            let times = len / (text.len() + 1) + 1;
            text.repeat(times)
        });
    let ascii = ("[ -~]{1,40}", 1_usize..400).prop_map(|(text, times)| text.repeat(times));
    let words = ("[a-z ,;]{1,40}", 1_usize..400).prop_map(|(text, times)| text.repeat(times));
    let part = prop_oneof![
        3 => ideographs,
        1 => ascii,
        1 => words,
        2 => short_text(material, 12),
    ];
    prop::collection::vec(part, 1..4).prop_map(|parts| parts.concat())
}
