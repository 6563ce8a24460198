//! How far a run has come, on a terminal.

use std::io::{self, IsTerminal, Read};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is done sooner shows no bar.
const DELAY: Duration = Duration::from_secs(1);

/// A bar on standard error, if that is a terminal and the work takes more than a second.
pub struct Progress {
    bar: ProgressBar,
    files: usize,
}

impl Progress {
    /// A bar for so many files of so many bytes together.
    pub fn new(files: usize, bytes: u64, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::hidden());
        if io::stderr().is_terminal() && !quiet {
            let template =
                "{msg} files, {bytes}/{total_bytes}, {binary_bytes_per_sec}, {eta} left {wide_bar}";
            let style = ProgressStyle::with_template(template);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        }
        let progress = Self { bar, files };
        progress.set_done(0);
        progress
    }

    /// The bytes of one more file pass by.
    pub fn reader<R: Read>(&self, reader: R) -> impl Read + use<R> {
        self.bar.wrap_read(reader)
    }

    /// So many files are done.
    pub fn set_done(&self, files: usize) {
        self.bar.set_message(format!("{files}/{}", self.files));
        let is_late = self.bar.elapsed() >= DELAY;
        if is_late && self.bar.is_hidden() && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
    }

    /// Does something that writes to the terminal.
    pub fn suspended<T>(&self, work: impl FnOnce() -> T) -> T {
        self.bar.suspend(work)
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
