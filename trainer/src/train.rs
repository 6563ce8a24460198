//! From what was read to the parameters of a model.

use anyhow::{Result, ensure};
use jianfan::context::{Model, Parameters};

use crate::examples::{self, Examples};
use crate::inputs::Inputs;
use crate::learn::{self, Settings};
use crate::segment::Segmenter;

/// How to train.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Hold one line in so many out, and report the accuracy on them
    #[arg(long, value_name = "LINES", default_value_t = 40)]
    pub hold_out: u64,
    /// Keep so many words at most
    #[arg(long, default_value_t = 130_000)]
    most_words: usize,
    /// Keep so many weights at most
    #[arg(long, default_value_t = 800_000)]
    most_weights: usize,
    #[command(flatten)]
    settings: Settings,
}

/// Learns everything: words and their costs, classes, and what speaks for their readings.
///
/// # Errors
///
/// If the texts have nothing to learn from.
pub fn train(inputs: &Inputs, options: &Options) -> Result<Parameters> {
    let mut parameters = lattice(inputs, options);
    let model = Model::from_bytes(parameters.to_bytes())?;
    let examples = Examples::collect(&model, &parameters.classes, inputs, options.hold_out);
    ensure!(
        examples.0.iter().flatten().any(|example| !example.is_word),
        "the texts have no character with several readings; give texts in Traditional script"
    );
    let learned = learn::all(&parameters.classes, &examples, &options.settings);
    learn::put_together(&mut parameters, learned, options.most_weights);
    Ok(parameters)
}

/// The classes, of which nothing is known yet, and the words.
fn lattice(inputs: &Inputs, options: &Options) -> Parameters {
    let segmenter = Segmenter::train(&inputs.lexicon, &inputs.texts);
    let classes = examples::classes(&inputs.characters, &inputs.texts);
    let words = segmenter.words(&inputs.lexicon, &classes, options.most_words);
    eprintln!("{} classes, {} words in the lattice", classes.len(), words.len());
    Parameters { classes, words, ..Parameters::default() }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use jianfan::context::code;
    use jianfan::dictionary::text;

    use super::*;
    use crate::lexicon::Lexicon;
    use crate::texts::Text;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        options: Options,
    }

    /// The usual options, but for `arguments`.
    fn options(arguments: &[&str]) -> Options {
        Line::parse_from([&["trainer"], arguments].concat()).options
    }

    fn text(lines: Vec<String>) -> Text {
        Text { name: "text".to_owned(), lines, weight: 1.0 }
    }

    fn inputs(lines: Vec<String>, words: &[&str]) -> Inputs {
        let mut lexicon = Lexicon::default();
        words.iter().for_each(|word| lexicon.add_row(word));
        let characters = text::parse("characters", "发\t發 髮\n里\t裏 里\n".as_bytes()).unwrap();
        Inputs { texts: vec![text(lines)], tests: Vec::new(), lexicon, characters }
    }

    /// Sentences with 發 and 髮 between the same neighbours on one side, 髮 twice as often.
    fn sentences() -> Vec<String> {
        let subjects = ["他的", "她的", "公司", "我們", "國家", "媽媽"];
        let sentence = |subject: &&str| {
            [
                format!("{subject}發展很快"),
                format!("{subject}發展了"),
                format!("{subject}髮型很好"),
                format!("{subject}髮型舊了"),
                format!("看看{subject}頭髮很長"),
                format!("{subject}頭髮"),
            ]
        };
        subjects.iter().flat_map(sentence).collect()
    }

    fn model(inputs: &Inputs, options: &Options) -> Model {
        Model::from_bytes(train(inputs, options).unwrap().to_bytes()).unwrap()
    }

    /// How `model` reads the first 发 of a text.
    fn read(model: &Model, text: &str) -> char {
        let codes: Vec<u16> = text.chars().map(code).collect();
        let at = codes.iter().position(|&one| one == code('发')).unwrap();
        model.read(&codes, at, None).unwrap()
    }

    #[test]
    fn characters_are_read_by_their_neighbours() {
        let model = model(&inputs(sentences(), &[]), &options(&["--hold-out=0"]));
        for text in ["头发", "他的头发很长", "老师的头发", "公司发型很好"] {
            assert_eq!(read(&model, text), '髮', "{text}");
        }
        for text in ["发展", "他的发展很快", "公司发展了", "老师的发展"] {
            assert_eq!(read(&model, text), '發', "{text}");
        }
    }

    #[test]
    fn without_evidence_the_default_stands() {
        let model = model(&inputs(sentences(), &[]), &options(&["--hold-out=0"]));
        assert_eq!(read(&model, "打发他"), '發');
    }

    #[test]
    fn a_word_that_no_text_has_is_learned_from_the_list() {
        let words = ["頭髮", "發展", "毛髮"];
        let with = model(&inputs(sentences(), &words), &options(&["--hold-out=0"]));
        let without = model(&inputs(sentences(), &words[..2]), &options(&["--hold-out=0"]));
        assert_eq!((read(&with, "毛发多"), read(&without, "毛发多")), ('髮', '發'));
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        let bytes = || {
            let inputs = inputs(sentences(), &["頭髮", "發展", "毛髮"]);
            train(&inputs, &options(&[])).unwrap().to_bytes()
        };
        assert_eq!(bytes(), bytes());
    }

    #[test]
    fn no_more_weights_and_words_are_kept_than_asked_for() {
        let inputs = inputs(sentences(), &["頭髮", "發展", "毛髮"]);
        let parameters = train(&inputs, &options(&["--most-weights=5", "--most-words=2"])).unwrap();
        assert_eq!((parameters.weights.len(), parameters.words.len()), (5, 2));
    }

    #[test]
    fn simplified_text_has_nothing_to_learn_from() {
        let inputs = inputs(vec!["他说得很快".to_owned()], &["頭髮"]);
        let error = train(&inputs, &options(&[])).unwrap_err().to_string();
        assert!(error.starts_with("the texts have no character"), "{error}");
    }
}
