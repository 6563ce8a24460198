use std::path::Path;

use super::*;

/// Measures `outputs` by small tables, whose usual readings are those of
/// `set`.
fn measure(set: &str, reverse: bool, outputs: &[&str]) -> Measured {
    let set = Set::parse(Path::new("set.tsv"), set, reverse).unwrap();
    let mut ruler = Ruler {
        folding: Folding::parse("裡\t裏\n"),
        ambiguous: Ambiguous::parse("发\t發 髮\n里\t裡 里\n"),
        ..Ruler::default()
    };
    ruler.majority = Majority::of([&set], &ruler.ambiguous, &ruler.folding);
    let outputs: Vec<String> = outputs.iter().map(|&output| output.to_owned()).collect();
    assert_eq!(outputs.len(), set.rows.len());
    ruler.measure(&set, &outputs)
}

fn share(right: usize, total: usize) -> Share {
    Share { right, total }
}

fn words(measured: &Measured) -> Vec<(&str, &str, &str, usize)> {
    let mut words: Vec<_> = measured
        .wrong_words
        .iter()
        .map(|(word, &times)| (&*word.input, &*word.gold, &*word.output, times))
        .collect();
    words.sort();
    words
}

const PAIRS: &str = "1\t发里\t發裏\n2\t头发，发\t頭髮，發\n3\t好\t好\n";

#[test]
fn lines_and_characters() {
    let figures = measure(PAIRS, false, &["發裡", "頭發,發", "好"]).figures;
    assert_eq!(figures.exact, share(1, 3));
    assert_eq!(figures.exact_folded, share(2, 3));
    assert_eq!(figures.character, share(4, 7));
    assert_eq!(figures.character_folded, share(6, 7));
    assert_eq!(figures.term, share(0, 0));
}

#[test]
fn ambiguous_characters_are_folded_and_minor_ones_counted_apart() {
    let measured = measure(PAIRS, false, &["發裡", "頭發，發", "好"]);
    assert_eq!(measured.figures.ambiguous, share(3, 4));
    assert_eq!(measured.figures.minor, share(0, 1));
    assert_eq!(measured.readings[&('发', '髮')], share(0, 1));
    assert_eq!(measured.readings[&('发', '發')], share(2, 2));
    assert_eq!(measured.readings[&('里', '裡')], share(1, 1));
    assert_eq!(measured.right_lines, [true, false, true]);
}

#[test]
fn wrong_characters_come_with_their_neighbours() {
    let measured = measure(PAIRS, false, &["發裡", "頭發，發", "壞"]);
    assert_eq!(words(&measured), [("头发，", "頭髮，", "頭發，", 1), ("好", "好", "壞", 1)]);
}

#[test]
fn a_longer_output_leaves_the_rest_right() {
    let measured = measure("1\t头发里\t頭髮裡\n", false, &["頭頭髮裡"]);
    assert_eq!(measured.figures.ambiguous, share(2, 2));
    assert_eq!(measured.figures.exact_folded, share(0, 1));
}

const TERMS: &str = "1\t打开文件\t打開檔案\t[[\"文件\",\"檔案\",2,4]]\n\
                     2\t“软件” 。\t「軟體」\t[[\"软件\",\"軟體\",1,3]]\n";

#[test]
fn terms_are_right_in_their_place() {
    let measured = measure(TERMS, false, &["打開文件", "軟體"]);
    assert_eq!(measured.figures.term, share(1, 2));
    assert_eq!(measured.figures.exact, share(0, 2));
    assert_eq!(measured.figures.exact_folded, share(1, 2));
    assert_eq!(measured.figures.ambiguous, share(0, 0));
    assert_eq!(words(&measured), [("文件", "檔案", "文件", 1)]);
}

#[test]
fn vocabulary_has_no_ambiguous_characters() {
    let measured = measure("1\t头发\t頭髮\t[]\n", false, &["頭發"]);
    assert_eq!(measured.figures.ambiguous, share(0, 0));
    assert!(measured.readings.is_empty());
}

#[test]
fn terms_in_reverse_are_right_anywhere() {
    let figures = measure(TERMS, true, &["打开档案文件", "软体"]).figures;
    assert_eq!(figures.term, share(1, 2));
}

#[test]
fn figures_add_up() {
    let mut sum = measure(PAIRS, false, &["發裡", "頭發，發", "好"]);
    sum.add(measure(TERMS, false, &["打開文件", "軟體"]));
    sum.add(measure(PAIRS, false, &["發裏", "頭髮，發", "壞"]));
    let figures = Figures {
        exact: share(3, 8),
        exact_folded: share(5, 8),
        character: share(15, 22),
        character_folded: share(16, 22),
        ambiguous: share(7, 8),
        minor: share(1, 2),
        term: share(1, 2),
    };
    assert_eq!(sum.figures, figures);
    assert_eq!(sum.readings[&('发', '發')], share(4, 4));
    assert_eq!(sum.wrong_words.values().sum::<usize>(), 3);
}
