//! The `jianfan` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    jianfan::cli::run()
}
