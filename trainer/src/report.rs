//! How well a model reads what it was not shown.

use jianfan::context::{Model, canonical, code};

use crate::texts::Text;

/// Prints, for the held-out lines of each text and for each test, the accuracy on one-to-many
/// characters, and on those that are not read by default.
pub fn print(model: &Model, texts: &[Text], tests: &[Text], one_in: u64) {
    println!("{:40} {:>9} {:>7} {:>9} {:>7}", "text", "places", "right", "others", "right");
    let is_learned = |text: &&Text| !tests.iter().any(|test| test.name == text.name);
    for text in texts.iter().filter(is_learned) {
        line(&text.name, model, text.lines(one_in, true));
    }
    for test in tests {
        line(&test.name, model, test.lines(0, false));
    }
}

fn line<'t>(name: &str, model: &Model, lines: impl Iterator<Item = &'t str>) {
    let (mut places, mut right, mut others, mut others_right) = (0, 0, 0, 0);
    for line in lines {
        let codes: Vec<u16> = line.chars().map(code).collect();
        for (at, character) in line.chars().enumerate() {
            let (Some(readings), Some(read)) =
                (model.readings(codes[at]), model.read(&codes, at, None))
            else {
                continue;
            };
            let gold = canonical(character);
            if !readings.contains(&gold) {
                continue;
            }
            let (is_other, is_right) = (gold != readings[0], read == gold);
            places += 1;
            right += usize::from(is_right);
            others += usize::from(is_other);
            others_right += usize::from(is_other && is_right);
        }
    }
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let name: String = name.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    println!(
        "{name:40} {places:9} {:7.2} {others:9} {:7.2}",
        share(right, places),
        share(others_right, others)
    );
}
