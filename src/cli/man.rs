//! `jianfan man`: the manual page, one for the command and its subcommands.

use anyhow::Result;
use clap::{Arg, Command};
use clap_mangen::Man;

use super::output::Stdout;
use super::{Status, args};

/// Prints the page.
pub fn run() -> Result<Status> {
    let mut stdout = Stdout::new();
    stdout.write(&page()?)?;
    stdout.flush()?;
    Ok(Status::Done)
}

fn page() -> Result<Vec<u8>> {
    let mut command = args::command();
    command.build();
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for subcommand in command.get_subcommands() {
        page.extend(section(&command, subcommand, subcommand.get_name())?);
        for nested in subcommand.get_subcommands() {
            let name = format!("{} {}", subcommand.get_name(), nested.get_name());
            page.extend(section(&command, nested, &name)?);
        }
    }
    man.render_extra_section(&mut page)?;
    man.render_version_section(&mut page)?;
    Ok(page)
}

/// The section of the subcommand `name`, with those options that the command itself has not.
fn section(command: &Command, subcommand: &Command, name: &str) -> Result<Vec<u8>> {
    let is_shared = |arg: &Arg| command.get_arguments().any(|other| other.get_id() == arg.get_id());
    let shared = subcommand.get_arguments().filter(|arg| is_shared(arg));
    let mut headings: Vec<&str> = shared.filter_map(Arg::get_help_heading).collect();
    headings.dedup();
    let man = Man::new(subcommand.clone().mut_args(|arg| {
        let is_hidden = is_shared(&arg);
        arg.hide(is_hidden)
    }));
    let (mut about, mut options) = (Vec::new(), Vec::new());
    man.render_description_section(&mut about)?;
    man.render_options_section(&mut options)?;
    let title = format!(".SH \"JIANFAN {}\"\n", name.to_uppercase());
    let about = String::from_utf8(about)?.replace(".SH DESCRIPTION\n", &title);
    let options = String::from_utf8(options)?.replace(".SH OPTIONS\n", "");
    let shared = match headings.as_slice() {
        [] => String::new(),
        _ => format!(".PP\nTakes PATH and the options above: {}.\n", headings.join(", ")),
    };
    Ok([about, shared, options].concat().into_bytes())
}
