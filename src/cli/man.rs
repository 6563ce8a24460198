//! `jianfan man`: the manual page.

use anyhow::Result;
use clap_mangen::Man;

use super::output::Stdout;
use super::{Status, args};

/// Prints the page.
pub fn run() -> Result<Status> {
    let mut page = Vec::new();
    Man::new(args::command()).render(&mut page)?;
    let mut stdout = Stdout::new();
    stdout.write(&page)?;
    stdout.flush()?;
    Ok(Status::Done)
}
