//! House styles: small tables for the choices that publishers of one place make differently, such
//! as 台 or 臺 in Taiwan. None is in use unless asked for.
//!
//! They speak of a converter's output, so that they go into
//! [`ConverterBuilder::output_table`](crate::conversion::ConverterBuilder::output_table):
//!
//! ```
//! use jianfan::{Converter, Locale, house};
//!
//! let builder = Converter::builder().locales(Locale::ZhTw, Locale::ZhTw);
//! let style = house::table("tw-tai").unwrap().dictionary();
//! let converter = builder.output_table(style).build().unwrap();
//! assert_eq!(converter.convert("臺灣的臺北"), "台灣的台北");
//! ```

use crate::dictionary::{Dictionary, text};

// `HOUSE_TABLES: [(&str, &str); _]`, the names and the text of the tables, sorted by name.
include!(concat!(env!("OUT_DIR"), "/house.rs"));

/// A built-in table of a house style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HouseTable {
    name: &'static str,
    text: &'static str,
}

/// The tables of house styles, sorted by name.
///
/// ```
/// let names: Vec<_> = jianfan::house::tables().map(|table| table.name()).collect();
/// assert!(names.contains(&"tw-tai") && names.is_sorted());
/// ```
pub fn tables() -> impl Iterator<Item = HouseTable> {
    HOUSE_TABLES.iter().map(|&(name, text)| HouseTable { name, text })
}

/// The table of that name.
///
/// ```
/// assert!(jianfan::house::table("tw-tai").is_some());
/// assert!(jianfan::house::table("tw-tea").is_none());
/// ```
pub fn table(name: &str) -> Option<HouseTable> {
    tables().find(|table| table.name == name)
}

/// The names that a mistyped one may have meant, the closest first.
#[cfg(feature = "cli")]
pub(crate) fn near(name: &str) -> Vec<&'static str> {
    crate::suggest::nearest(name, HOUSE_TABLES.iter().map(|(name, _)| *name))
}

impl HouseTable {
    /// Its name, such as `tw-tai`.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// What it does, such as `台 for every 臺`.
    ///
    /// ```
    /// let table = jianfan::house::table("tw-tai").unwrap();
    /// assert_eq!((table.does(), table.output()), ("台 for every 臺", "Taiwan output"));
    /// assert_eq!(table.used_by(), "most newspapers and publishers in Taiwan");
    /// ```
    pub fn does(self) -> &'static str {
        self.first_line().0
    }

    /// For which output it is, such as `Taiwan output`.
    pub fn output(self) -> &'static str {
        self.first_line().1
    }

    /// Where the style is met.
    pub fn used_by(self) -> &'static str {
        let who = self.comments().nth(1).and_then(|line| line.strip_prefix("Who: "));
        who.unwrap_or_default().trim_end_matches('.')
    }

    /// The table as a text file, for a user to begin with.
    ///
    /// ```
    /// assert!(jianfan::house::table("tw-tai").unwrap().text().ends_with("\n臺\t台\n"));
    /// ```
    pub fn text(self) -> &'static str {
        self.text
    }

    /// The table, under the name `builtin:` and its own.
    ///
    /// ```
    /// let dictionary = jianfan::house::table("tw-tai").unwrap().dictionary();
    /// assert_eq!(dictionary.name(), "builtin:tw-tai");
    /// assert_eq!(dictionary.entries()[0].key, "臺");
    /// ```
    pub fn dictionary(self) -> Dictionary {
        let name = format!("builtin:{}", self.name);
        text::parse(&name, self.text.as_bytes()).expect("the build has read it")
    }

    /// What it does, and for which output.
    fn first_line(self) -> (&'static str, &'static str) {
        let line = self.comments().next().unwrap_or_default();
        line.trim_end_matches('.').split_once(". ").unwrap_or((line, ""))
    }

    fn comments(self) -> impl Iterator<Item = &'static str> {
        self.text.lines().filter_map(|line| line.strip_prefix("# "))
    }
}
