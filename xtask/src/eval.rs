//! `cargo xtask eval`: how accurately commands convert, measured on texts that
//! humans wrote or translated.

mod align;
mod ambiguous;
mod args;
mod compare;
mod contestant;
mod figures;
mod find;
mod fold;
mod line;
mod measure;
mod report;
mod set;
mod tsv;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;

pub use args::Args;
use compare::{Comparison, Side};
use contestant::Contestant;
use figures::Figures;
use measure::{Measured, Ruler};
use report::Tables;
use set::Set;

/// A row of the JSON file.
#[derive(Serialize)]
struct Record<'a> {
    /// The set's path; `all` for the sum.
    set: &'a Path,
    contestant: &'a str,
    #[serde(flatten)]
    figures: Figures,
}

/// What a run has found so far.
struct Run<'a> {
    args: &'a Args,
    contestants: Vec<Contestant>,
    ruler: Ruler,
    /// By contestant.
    sums: Vec<Measured>,
    /// The first contestant with each of the others.
    comparisons: Vec<Comparison>,
    /// By set, then by contestant.
    figures: Vec<Vec<Figures>>,
}

/// Runs the task; always true, since figures are no verdict.
pub fn run(args: &Args) -> Result<bool> {
    let paths = find::sets(&args.sets)?;
    let names = find::names(&paths);
    let sets = set::read_all(&paths, args.reverse)?;
    let mut run = Run::new(args, &paths, &sets)?;
    run.measure_all(&sets, &names)?;
    run.print_details();
    if let Some(path) = &args.json {
        run.write_json(&paths, path)?;
    }
    Ok(true)
}

impl<'a> Run<'a> {
    fn new(args: &'a Args, paths: &[PathBuf], sets: &[Set]) -> Result<Self> {
        let ruler = args.ruler(paths, sets)?;
        let contestants = args.contestants()?;
        let sums = contestants.iter().map(|_| Measured::default()).collect();
        let comparisons = contestants.iter().skip(1).map(|_| Comparison::default()).collect();
        Ok(Self { args, contestants, ruler, sums, comparisons, figures: Vec::new() })
    }

    /// Runs every contestant on every set and prints the tables.
    fn measure_all(&mut self, sets: &[Set], names: &[String]) -> Result<()> {
        let contestants = self.contestants.iter().map(|c| c.name.clone()).collect();
        let tables = Tables::new(contestants, names);
        for (set, name) in sets.iter().zip(names) {
            let figures = self.measure(set, name)?;
            tables.print(name, &figures);
            self.figures.push(figures);
        }
        if sets.len() > 1 {
            tables.print(report::ALL, &self.sum_figures());
        }
        Ok(())
    }

    /// Runs every contestant on a set; the figures of each.
    fn measure(&mut self, set: &Set, name: &str) -> Result<Vec<Figures>> {
        let outputs: Result<Vec<_>> = self.contestants.iter().map(|c| c.convert(set)).collect();
        let outputs = outputs?;
        let measured: Vec<_> = outputs.iter().map(|o| self.ruler.measure(set, o)).collect();
        let mut sides =
            outputs.iter().zip(&measured).map(|(outputs, measured)| Side { outputs, measured });
        if let (Some(examples), Some(first)) = (self.args.compare, sides.next()) {
            for (comparison, other) in self.comparisons.iter_mut().zip(sides) {
                comparison.add(name, set, [first, other], examples);
            }
        }
        let figures = measured.iter().map(|measured| measured.figures).collect();
        for (sum, measured) in self.sums.iter_mut().zip(measured) {
            sum.add(measured);
        }
        Ok(figures)
    }

    fn sum_figures(&self) -> Vec<Figures> {
        self.sums.iter().map(|sum| sum.figures).collect()
    }

    fn print_details(&self) {
        for (contestant, sum) in self.contestants.iter().zip(&self.sums) {
            if self.args.worst > 0 {
                report::print_worst(&contestant.name, sum, self.args.worst);
            }
            if self.args.errors > 0 {
                report::print_errors(&contestant.name, sum, self.args.errors);
            }
        }
        if self.args.compare.is_some() {
            for (comparison, other) in self.comparisons.iter().zip(&self.contestants[1..]) {
                comparison.print(&self.contestants[0].name, &other.name);
            }
        }
    }

    fn write_json(&self, sets: &[PathBuf], path: &Path) -> Result<()> {
        let all = self.sum_figures();
        let sets = sets.iter().map(PathBuf::as_path).zip(&self.figures);
        let records: Vec<_> = sets
            .chain([(Path::new(report::ALL), &all)])
            .flat_map(|(set, figures)| {
                self.contestants.iter().zip(figures).map(move |(c, f)| Record {
                    set,
                    contestant: &c.name,
                    figures: *f,
                })
            })
            .collect();
        let json = serde_json::to_string_pretty(&records)?;
        fs::write(path, json + "\n").with_context(|| format!("cannot write {}", path.display()))
    }
}
