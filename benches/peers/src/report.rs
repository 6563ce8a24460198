use std::time::Duration;

use crate::peers::Config;

/// What was measured of a peer.
pub struct Cell {
    pub peer: &'static str,
    /// Megabytes of input per second.
    pub speed: f64,
    /// The share of lines that are not as OpenCC gives them.
    pub differing: f64,
}

/// Measurements of one kind of text: a row for each config.
pub struct Table {
    kind: String,
    rows: Vec<(Config, usize, Vec<Cell>)>,
}

impl Table {
    pub fn new(kind: &str) -> Self {
        Self { kind: kind.to_owned(), rows: Vec::new() }
    }

    pub fn push(&mut self, config: Config, size: usize, cells: Vec<Cell>) {
        self.rows.push((config, size, cells));
    }

    /// Prints it as Markdown.
    pub fn print(&self) {
        let Some((_, _, first)) = self.rows.first() else { return };
        let peers: Vec<&str> = first.iter().map(|cell| cell.peer).collect();
        println!(
            "\n**{}**: MB/s; how many times as fast jianfan is; lines unlike OpenCC's\n",
            self.kind
        );
        println!("| config | MB | {} |", peers.join(" | "));
        println!("|---|---|{}", "---|".repeat(peers.len()));
        for (config, size, cells) in &self.rows {
            let jianfan = cells[0].speed;
            let shown: Vec<String> = cells.iter().map(|cell| cell.show(jianfan)).collect();
            println!("| {config} | {:.1} | {} |", *size as f64 / 1e6, shown.join(" | "));
        }
    }
}

impl Cell {
    fn show(&self, jianfan: f64) -> String {
        let equal = match self.differing {
            0.0 => "=".to_owned(),
            share => format!("≠ {:.2} %", share * 100.0),
        };
        format!("{:.0} · {:.1}× · {equal}", self.speed, jianfan / self.speed)
    }
}

/// Megabytes per second in the median of `times`.
pub fn speed(size: usize, mut times: Vec<Duration>) -> f64 {
    times.sort();
    size as f64 / 1e6 / times[times.len() / 2].as_secs_f64()
}

/// The share of lines that differ.
pub fn differing(expected: &str, found: &str) -> f64 {
    if expected == found {
        return 0.0;
    }
    let (expected, mut found) = (expected.lines(), found.lines());
    let mut all = 0;
    let differing =
        expected.inspect(|_| all += 1).filter(|line| found.next() != Some(line)).count();
    // Of texts that differ, some line does, if only by its end.
    differing.max(1) as f64 / all.max(1) as f64
}
