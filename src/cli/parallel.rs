//! One text, converted in several threads.
//!
//! What becomes of a piece of a text depends on what stands before it, but hardly ever on what
//! stands far before. So a thread that converts a piece first runs in over the end of the one
//! before, writing nothing, and keeps the state of its stream at some *marks* in its piece, the
//! first at its beginning. The thread that puts the results together has the true stream. Where
//! that [goes on like](StreamConverter::goes_on_like) the one at a mark, the rest of the piece is
//! what it would write, too, and its state at the end is as good as its own. Otherwise it converts
//! the text up to the next mark itself. So a wrong guess costs time, and nothing else.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};

use anyhow::Result;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::engine::Stream;
use crate::{Converter, StreamConverter};

/// How the text is divided, in bytes.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    piece: usize,
    /// How much of the text before a piece is run in over.
    run_in: usize,
    /// From mark to mark.
    step: usize,
}

/// What a passage was about takes longest to be the same whatever stood before it: in prose after
/// 8 KiB every other time, after 16 KiB hardly ever not.
const SIZES: Sizes = Sizes { piece: 512 * 1024, run_in: 16 * 1024, step: 32 * 1024 };

/// So many pieces more than there are threads are under way: they wait for the one before them, or
/// for a thread.
const WAITING: usize = 2;

/// Converts one text in several threads, with the same result as in one.
pub struct Parallel {
    converter: Converter,
    threads: usize,
    sizes: Sizes,
    /// The true stream: it stands before the first of the pieces under way.
    stream: StreamConverter,
    under_way: VecDeque<Job>,
    /// None as long as one piece holds all.
    pool: Option<ThreadPool>,
    next: Piece,
}

/// A piece of the text.
#[derive(Debug, Default)]
struct Piece {
    text: String,
    /// Where it begins; before that is the text to run in over.
    start: usize,
}

/// A piece that is being converted.
struct Job {
    piece: Arc<Piece>,
    result: Receiver<Guess>,
}

/// What a piece becomes if the stream before it stood as that of a thread did.
struct Guess {
    marks: Vec<Mark>,
    output: String,
    /// The stream at the end.
    stream: StreamConverter,
}

/// A place in a piece.
struct Mark {
    at: usize,
    /// How much of the output was written up to there.
    written: usize,
    /// The stream there.
    stream: StreamConverter,
}

impl Parallel {
    /// A stream for one text, converted in so many threads.
    pub fn new(converter: &Converter, threads: usize) -> Self {
        Self::with_sizes(converter, threads, SIZES)
    }

    fn with_sizes(converter: &Converter, threads: usize, sizes: Sizes) -> Self {
        Self {
            converter: converter.clone(),
            threads,
            sizes,
            stream: converter.stream(),
            under_way: VecDeque::new(),
            pool: None,
            next: Piece::default(),
        }
    }

    /// Hands the next piece to the threads. As long as there are none and none can be had, this
    /// one converts it.
    fn hand_over(&mut self, out: &mut String) {
        let piece = Arc::new(std::mem::take(&mut self.next));
        self.next = piece.successor(self.sizes);
        if self.pool.is_none() {
            self.pool = ThreadPoolBuilder::new().num_threads(self.threads).build().ok();
        }
        let Some(pool) = &self.pool else {
            return self.stream.push(piece.own(), out);
        };
        let (sender, result) = sync_channel(1);
        let (converter, sizes, of) = (self.converter.clone(), self.sizes, Arc::clone(&piece));
        // Nobody waits for it if the conversion was given up.
        pool.spawn(move || drop(sender.send(of.guess(&converter, sizes))));
        self.under_way.push_back(Job { piece, result });
    }

    /// Appends to `out` what has become of the first of the pieces under way, and of all behind
    /// it that are done.
    fn collect(&mut self, out: &mut String) {
        if let Some(Job { piece, result }) = self.under_way.pop_front() {
            self.settle(&piece, result.recv().ok(), out);
        }
        self.collect_done(out);
    }

    fn collect_done(&mut self, out: &mut String) {
        while let Some(job) = self.under_way.front() {
            let guess = match job.result.try_recv() {
                Err(TryRecvError::Empty) => return,
                guess => guess.ok(),
            };
            if let Some(Job { piece, .. }) = self.under_way.pop_front() {
                self.settle(&piece, guess, out);
            }
        }
    }

    /// Appends to `out` what `piece` becomes: what was guessed, from the first mark on at which
    /// the guess is right.
    fn settle(&mut self, piece: &Piece, guess: Option<Guess>, out: &mut String) {
        let mut at = piece.start;
        if let Some(Guess { marks, output, stream }) = guess {
            for mark in marks {
                self.stream.push(&piece.text[at..mark.at], out);
                if self.stream.goes_on_like(&mark.stream) {
                    out.push_str(&output[mark.written..]);
                    self.stream = stream;
                    return;
                }
                at = mark.at;
            }
        }
        self.stream.push(&piece.text[at..], out);
    }
}

impl Piece {
    /// The text, without what is before it.
    fn own(&self) -> &str {
        &self.text[self.start..]
    }

    /// The one behind it, still empty.
    fn successor(&self, sizes: Sizes) -> Self {
        let before = self.text.len().saturating_sub(sizes.run_in);
        let before = &self.text[self.text.floor_char_boundary(before)..];
        let mut text = String::with_capacity(before.len() + sizes.piece);
        text.push_str(before);
        Self { start: text.len(), text }
    }

    /// Converts it, by a stream that knows only what it has run in over.
    fn guess(&self, converter: &Converter, sizes: Sizes) -> Guess {
        let (mut stream, mut output) = (converter.stream(), String::new());
        let (before, mut rest) = self.text.split_at(self.start);
        output.reserve(self.text.len() + self.text.len() / 8);
        stream.push(before, &mut output);
        output.clear();
        let mut marks = Vec::new();
        while !rest.is_empty() {
            let at = self.text.len() - rest.len();
            marks.push(Mark { at, written: output.len(), stream: stream.clone() });
            let (now, later) = rest.split_at(boundary(rest, sizes.step));
            stream.push(now, &mut output);
            rest = later;
        }
        Guess { marks, output, stream }
    }
}

/// The last place between characters of `text` that is no further than `at`, but behind one.
fn boundary(text: &str, at: usize) -> usize {
    match text.floor_char_boundary(at) {
        0 => text.ceil_char_boundary(1),
        at => at,
    }
}

impl Stream for Parallel {
    fn push(&mut self, mut text: &str, out: &mut String) {
        while !text.is_empty() {
            let room = self.sizes.piece.saturating_sub(self.next.own().len());
            let (now, later) = text.split_at(boundary(text, room));
            self.next.text.push_str(now);
            text = later;
            if self.next.own().len() >= self.sizes.piece || !text.is_empty() {
                if self.under_way.len() >= self.threads + WAITING {
                    self.collect(out);
                }
                self.hand_over(out);
            }
        }
        self.collect_done(out);
    }

    fn finish(&mut self, out: &mut String) -> Result<()> {
        if self.pool.is_some() {
            self.hand_over(out);
        }
        while !self.under_way.is_empty() {
            self.collect(out);
        }
        self.stream.push(self.next.own(), out);
        self.stream.finish(out);
        self.next = Piece::default();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::Locale::{self, *};
    use crate::conversion::ConverterBuilder;
    use crate::dictionary::text;

    /// Sentences of all places, from the rows of `tests/readings.rs`.
    static SENTENCES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let rows = include_str!("../../tests/data/readings.tsv").lines();
        rows.filter(|row| !row.starts_with('#'))
            .flat_map(|row| row.split('\t').skip(2).take(2))
            .collect()
    });

    /// A sentence that tells what it is about.
    const COMPUTING: &str = "软件、硬件、网络、内存、数据库、服务器。";

    /// Keys of the user's, which begin, end and go on as the built-in ones do.
    fn table() -> crate::dictionary::Dictionary {
        text::parse("own.txt", "头\tA\n发现\t發\n的头发\tB头\n软件\t软件\n里\t裡裏\n".as_bytes())
            .unwrap()
    }

    /// All configs and ways between places, some with tables in front and behind, some two configs.
    static CONVERTERS: LazyLock<Vec<Converter>> = LazyLock::new(|| {
        let to = |to| Converter::builder().to(to);
        let between = |from: Locale, to| Converter::builder().locales(from, to);
        let configs: Vec<_> = Converter::configs().map(|(name, _)| name).collect();
        let mut all: Vec<ConverterBuilder> =
            configs.iter().map(|name| Converter::builder().config(name).unwrap()).collect();
        all.extend([ZhCn, ZhTw, ZhHk, ZhHans, ZhHant].map(to));
        for from in [ZhCn, ZhTw, ZhHk, ZhHant, Ja] {
            all.extend([ZhCn, ZhTw, ZhHk, ZhHant, Ja].map(|to| between(from, to)));
        }
        all.extend([to(ZhTw).script_only(true), between(ZhTw, ZhCn).script_only(true)]);
        let own = ["s2t", "s2twp", "t2s"].map(|name| Converter::builder().config(name).unwrap());
        for builder in own.into_iter().chain([to(ZhTw), between(ZhTw, ZhCn), Converter::builder()])
        {
            all.push(builder.clone().table(table()));
            all.push(builder.clone().output_table(table()));
            all.push(builder.table(table()).output_table(table()));
        }
        all.into_iter().map(|builder| builder.build().unwrap()).collect()
    });

    fn characters(set: &'static str) -> impl Strategy<Value = String> {
        select(set.chars().collect::<Vec<_>>()).prop_map(String::from)
    }

    fn any_text(pieces: usize) -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => select(&SENTENCES[..]).prop_map(str::to_owned),
            4 => (select(&SENTENCES[..]), 1_usize..6).prop_map(|(sentence, len)| sentence.chars().take(len).collect()),
            6 => prop_oneof![characters("发發头頭里裡裏干乾后後软件體现的着著只台"), Just("接口".to_owned())],
            2 => characters("。！？，\n\r !a\u{f900}⿰𠮷\u{2f81a}\u{fe00}é"),
            1 => "[ -~]{1,40}",
            1 => (1_usize..6).prop_map(|times| COMPUTING.repeat(times)),
            1 => any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..pieces).prop_map(|pieces| pieces.concat())
    }

    fn any_converter() -> impl Strategy<Value = &'static Converter> {
        (0..CONVERTERS.len()).prop_map(|number| &CONVERTERS[number])
    }

    fn any_sizes() -> impl Strategy<Value = Sizes> {
        let sizes = (1_usize..300, 0_usize..200, 1_usize..100);
        sizes.prop_map(|(piece, run_in, step)| Sizes { piece, run_in, step })
    }

    fn config(cases: u32) -> ProptestConfig {
        ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
    }

    /// What becomes of a text that is pushed in pieces of up to `step` bytes.
    fn in_parallel(converter: &Converter, text: &str, sizes: Sizes, step: usize) -> String {
        let (mut stream, mut out) = (Parallel::with_sizes(converter, 2, sizes), String::new());
        let mut rest = text;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(boundary(rest, step));
            stream.push(now, &mut out);
            rest = later;
        }
        stream.finish(&mut out).unwrap();
        out
    }

    proptest! {
        #![proptest_config(config(600))]

        #[test]
        fn as_in_one_thread(
            converter in any_converter(), text in any_text(60), sizes in any_sizes(), step in 1_usize..500,
        ) {
            prop_assert_eq!(in_parallel(converter, &text, sizes, step), converter.convert(&text));
        }

        /// Streams that go on alike write the same of whatever follows, wherever they come from.
        #[test]
        fn streams_that_go_on_alike_do(
            converter in any_converter(), texts in [any_text(10), any_text(10)], ending in any_text(4), more in any_text(10),
        ) {
            let mut streams = [converter.stream(), converter.stream()];
            let mut outs = [String::new(), String::new()];
            for ((stream, text), out) in streams.iter_mut().zip(&texts).zip(&mut outs) {
                stream.push(text, out);
                // In another way than the other stream.
                let step = if text == &texts[0] { 7 } else { 1000 };
                let mut rest = &ending[..];
                while !rest.is_empty() {
                    let (now, later) = rest.split_at(boundary(rest, step));
                    stream.push(now, out);
                    rest = later;
                }
                out.clear();
            }
            if streams[0].goes_on_like(&streams[1]) {
                for (stream, out) in streams.iter_mut().zip(&mut outs) {
                    stream.push(&more, out);
                    stream.finish(out);
                }
                prop_assert_eq!(&outs[0], &outs[1]);
            }
        }
    }

    /// Whether the true stream goes on like the one at each mark of each piece.
    fn hits(converter: &Converter, text: &str, sizes: Sizes) -> Vec<Vec<bool>> {
        let mut stream = converter.stream();
        let (mut next, mut rest, mut all) = (Piece::default(), text, Vec::new());
        while !rest.is_empty() {
            let (now, later) = rest.split_at(boundary(rest, sizes.piece));
            next.text.push_str(now);
            let guess = next.guess(converter, sizes);
            let ends = guess.marks[1..].iter().map(|mark| mark.at).chain([next.text.len()]);
            all.push(
                guess
                    .marks
                    .iter()
                    .zip(ends)
                    .map(|(mark, end)| {
                        let hits = stream.goes_on_like(&mark.stream);
                        stream.push(&next.text[mark.at..end], &mut String::new());
                        hits
                    })
                    .collect(),
            );
            next = next.successor(sizes);
            rest = later;
        }
        all
    }

    #[test]
    fn guesses_are_mostly_right() {
        let text = include_str!("../../tests/data/article.zh-CN.txt").repeat(12);
        let sizes = Sizes { piece: 4096, ..SIZES };
        for converter in [Converter::config("s2twp").unwrap(), Converter::to(ZhTw)] {
            let hits = hits(&converter, &text, sizes);
            let right = hits.iter().filter(|piece| piece[0]).count();
            assert!(hits.len() > 4 && right == hits.len(), "{right} of {}", hits.len());
        }
    }

    /// No sentence but the first tells where the text is from, so that no guess is ever right.
    #[test]
    fn guesses_may_all_be_wrong() {
        let text = "她說這裡發現了。".to_owned() + &"那座山高三公尺。".repeat(400);
        let sizes = Sizes { piece: 500, run_in: 200, step: 100 };
        let converter = Converter::to(ZhCn);
        let hits = hits(&converter, &text, sizes);
        assert!(hits[0][0] && hits.len() > 10);
        assert!(hits[1..].iter().flatten().all(|hits| !hits), "{hits:?}");
        let expected = "她说这里发现了。".to_owned() + &"那座山高三米。".repeat(400);
        assert_eq!(in_parallel(&converter, &text, sizes, 1000), expected);
    }

    /// What a passage was about is forgotten in the middle of the text, wherever a piece begins.
    #[test]
    fn what_stands_far_before_counts() {
        let converter = Converter::to(ZhTw);
        let text = COMPUTING.repeat(8) + &"这个接口很好。".repeat(120);
        let whole = converter.convert(&text).into_owned();
        assert!(whole.contains("這個介面很好。") && whole.ends_with("這個接口很好。"), "{whole}");
        for piece in [1, 24, 100, 1000] {
            let sizes = Sizes { piece, run_in: 48, step: 30 };
            assert_eq!(in_parallel(&converter, &text, sizes, 77), whole);
        }
    }
}
