//! `jianfan tables`: the built-in tables of house styles, and the user's own.

mod check;
mod comes_out;
mod concepts;
mod export;

use anyhow::Result;
use serde::Serialize;

use super::Status;
use super::args::TablesCommand;
use super::output::Stdout;
use crate::house::{self, HouseTable};

/// Lists the tables or prints one.
pub fn run(command: &TablesCommand) -> Result<Status> {
    let mut stdout = Stdout::new();
    match command {
        TablesCommand::List { json } => list(&mut stdout, *json)?,
        TablesCommand::Export(args) => match args.name {
            Some(name) => stdout.write(name.text().as_bytes())?,
            None => export::run(args)?,
        },
        TablesCommand::Check { tables } => {
            let remarks = check::check(tables)?;
            for remark in &remarks {
                stdout.write(format!("{remark}\n").as_bytes())?;
            }
            stdout.flush()?;
            return Ok(if remarks.is_empty() { Status::Done } else { Status::Found });
        }
    }
    stdout.flush()?;
    Ok(Status::Done)
}

fn list(stdout: &mut Stdout, json: bool) -> Result<()> {
    for table in house::tables() {
        let row = Row::of(table);
        let mut line = if json { serde_json::to_string(&row)? } else { row.to_text() };
        line.push('\n');
        stdout.write(line.as_bytes())?;
    }
    Ok(())
}

/// One table, as `--json` prints it.
#[derive(Debug, Serialize)]
struct Row {
    name: &'static str,
    rows: usize,
    does: &'static str,
    output: &'static str,
    used_by: &'static str,
}

impl Row {
    fn of(table: HouseTable) -> Self {
        Self {
            name: table.name(),
            rows: table.dictionary().entries().len(),
            does: table.does(),
            output: table.output(),
            used_by: table.used_by(),
        }
    }

    /// The table on one line.
    fn to_text(&self) -> String {
        let Self { name, rows, does, output, .. } = self;
        format!("{name:<16} {rows:>2}  {does} ({output})")
    }
}
