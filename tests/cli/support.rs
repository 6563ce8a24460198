use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use jianfan::encoding::{Encoder, Unmappable};
use tempfile::TempDir;

pub const SIMPLIFIED: &str = include_str!("../data/sample.zh-CN.txt");

/// The command, run with `arguments`.
pub fn jianfan<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("jianfan");
    command.args(arguments);
    command
}

/// `text` in the encoding of that label, with a byte order mark or without.
// Not all tests that share this file encode.
#[allow(dead_code)]
pub fn encoded(text: &str, label: &str, bom: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(label.parse().unwrap(), Unmappable::Error, bom);
    encoder.encode(text, &mut bytes).unwrap();
    encoder.finish(&mut bytes).unwrap();
    bytes
}

/// The command in a folder of its own.
pub struct Folder {
    folder: TempDir,
    /// Where journals go.
    state: TempDir,
}

impl Folder {
    /// A folder with files in it; folders between are made.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = Self { folder: TempDir::new().unwrap(), state: TempDir::new().unwrap() };
        for (name, bytes) in files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The folder below which journals go.
    // Not all tests that share this file ask for it.
    #[allow(dead_code)]
    pub fn state(&self) -> &Path {
        self.state.path()
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// The names of what is in the folder itself, hidden ones too.
    pub fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }

    /// The command, run here with arguments that hold no space.
    pub fn jianfan(&self, arguments: &str) -> Command {
        let mut command = jianfan(arguments.split_whitespace());
        command.current_dir(self.folder.path());
        command.env("XDG_STATE_HOME", self.state.path());
        command
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
