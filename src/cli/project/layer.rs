//! Settings as the command line would have them, and what is left of them below others.

use std::ffi::OsString;

use clap::Command;

use super::Project;
use super::keys::Key;

/// The settings of one table of a project file.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    pub settings: Vec<Setting>,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Setting {
    pub key: &'static Key,
    /// The same on the command line: no word where a flag is false, several for a list.
    pub words: Vec<OsString>,
}

impl Layer {
    /// Those of a project for all files.
    pub fn of(project: Option<&Project>) -> Self {
        project.map(|project| project.base.clone()).unwrap_or_default()
    }

    /// These settings, and of those of `base` what they leave: other keys that may go with them.
    pub fn over(&self, base: &Self, command: &Command) -> Self {
        let left = base.settings.iter().filter(|below| self.leaves(below, command));
        Self { settings: left.chain(&self.settings).cloned().collect() }
    }

    fn leaves(&self, below: &Setting, command: &Command) -> bool {
        self.settings
            .iter()
            .all(|setting| setting.key != below.key && !setting.conflicts(below, command))
    }
}

impl Setting {
    /// Whether the two can't be together.
    pub fn conflicts(&self, other: &Self, command: &Command) -> bool {
        let are_on = !self.words.is_empty() && !other.words.is_empty();
        are_on && self.key.conflicts(other.key, command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args;

    fn layer(words: &[&str]) -> Layer {
        let setting = |word: &&str| {
            let name = word.trim_start_matches('-').split('=').next().unwrap();
            let words = if word.ends_with("=false") { Vec::new() } else { vec![word.into()] };
            Setting { key: Key::find(name).unwrap(), words }
        };
        Layer { settings: words.iter().map(setting).collect() }
    }

    fn words(layer: Layer) -> Vec<OsString> {
        layer.settings.into_iter().flat_map(|setting| setting.words).collect()
    }

    #[test]
    fn a_key_gives_way_to_itself_and_to_what_excludes_it() {
        let command = args::command();
        let base = layer(&["--to=zh-TW", "--script-only", "--encoding=gbk"]);
        assert_eq!(
            words(layer(&["--to=zh-HK"]).over(&base, &command)),
            ["--script-only", "--encoding=gbk", "--to=zh-HK"]
        );
        assert_eq!(
            words(layer(&["--config=s2t"]).over(&base, &command)),
            ["--encoding=gbk", "--config=s2t"]
        );
    }

    #[test]
    fn what_is_off_excludes_nothing() {
        let command = args::command();
        let base = layer(&["--config=s2t"]);
        assert_eq!(words(layer(&["--script-only=false"]).over(&base, &command)), ["--config=s2t"]);
    }
}
