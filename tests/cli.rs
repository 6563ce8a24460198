//! The `jianfan` command: transcripts in `cli/*.trycmd`, behaviour with files and pipes in
//! `cli/*.rs`.
//!
//! `TRYCMD=overwrite cargo test --test cli` renews the transcripts.

#![cfg(feature = "cli")]

#[path = "cli/arguments.rs"]
mod arguments;
#[cfg(unix)]
#[path = "cli/batch_faults.rs"]
mod batch_faults;
#[path = "cli/declarations.rs"]
mod declarations;
#[path = "cli/detect.rs"]
mod detect;
#[path = "cli/encodings.rs"]
mod encodings;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/findings.rs"]
mod findings;
#[path = "cli/jobs.rs"]
mod jobs;
#[path = "cli/keep.rs"]
mod keep;
#[path = "cli/locales.rs"]
mod locales;
#[path = "cli/lossy.rs"]
mod lossy;
#[path = "cli/pipes.rs"]
mod pipes;
#[path = "cli/project.rs"]
mod project;
#[path = "cli/runs.rs"]
mod runs;
#[path = "cli/special.rs"]
mod special;
#[path = "cli/support.rs"]
mod support;
#[path = "cli/trees.rs"]
mod trees;
#[path = "cli/write.rs"]
mod write;

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd");
}
