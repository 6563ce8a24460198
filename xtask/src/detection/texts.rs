//! The texts that snippets are made of, by language.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Texts in UTF-8 from a folder of files such as `hans.txt` and `de.txt`.
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// Reads all `.txt` files of a folder.
    pub fn read(folder: &Path) -> Result<Self> {
        let cannot = || format!("cannot read {}", folder.display());
        let mut texts = BTreeMap::new();
        for entry in fs::read_dir(folder).with_context(cannot)? {
            let path = entry.with_context(cannot)?.path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                let text = fs::read_to_string(&path);
                let text = text.with_context(|| format!("cannot read {}", path.display()))?;
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                texts.insert(name.into_owned(), text);
            }
        }
        Ok(Self(texts))
    }

    /// The text in a language without which there is no table.
    pub fn get(&self, language: &str) -> Result<&str> {
        match self.find(language) {
            Some(text) => Ok(text),
            None => bail!("there is no {language}.txt in the folder of texts"),
        }
    }

    /// The text in a language, if it is there.
    pub fn find(&self, language: &str) -> Option<&str> {
        self.0.get(language).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_named_by_language() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("hans.txt"), "中文").unwrap();
        fs::write(folder.path().join("README"), b"\xFF").unwrap();
        let texts = Texts::read(folder.path()).unwrap();
        assert_eq!(texts.get("hans").unwrap(), "中文");
        assert!(texts.get("README").is_err());
        assert_eq!(texts.find("ja"), None);
    }
}
