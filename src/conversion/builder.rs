use std::sync::Arc;

use super::Converter;
use super::builtin::Builtin;
use super::config::{Config, TofuRisk};
use super::error::ConfigError;
use super::pipeline::Pipeline;
use super::reading::{Reading, Vocabulary};
use super::route::route;
use super::user::user_table;
use crate::context::Model;
use crate::dictionary::concepts::ConceptTable;
use crate::dictionary::{Dictionary, DictionaryError, Shared};
use crate::locale::Locale;
use crate::suggest::nearest;

/// Puts a [`Converter`] together: a config or a pair of locales, and the user's tables.
///
/// ```
/// use jianfan::Converter;
/// use jianfan::dictionary::text;
///
/// let house = text::parse("house.txt", "程序\t程序\n".as_bytes()).unwrap();
/// let converter = Converter::builder().config("s2twp").unwrap().table(house).build().unwrap();
/// assert_eq!(converter.convert("程序员的网络程序"), "程序員的網路程序");
/// ```
#[derive(Debug, Clone, Default)]
pub struct ConverterBuilder {
    source: Source,
    tofu_risk: TofuRisk,
    script_only: bool,
    vocabulary: Vocabulary,
    model: Option<Arc<Model>>,
    tables: Vec<AddedTable>,
    concepts: Vec<ConceptTable>,
}

/// A table of the user's.
#[derive(Debug, Clone)]
struct AddedTable {
    dictionary: Dictionary,
    is_for_output: bool,
}

#[derive(Debug, Clone, Default)]
enum Source {
    #[default]
    Nothing,
    Builtin(&'static str),
    /// From a place, or from anywhere, to another.
    Locales {
        from: Option<Locale>,
        to: Locale,
    },
    Custom {
        name: String,
        config: Config,
    },
}

impl ConverterBuilder {
    /// Converts with a built-in config, named with or without `.json`.
    ///
    /// # Errors
    ///
    /// [`ConfigError::UnknownConfig`] with the names closest to the one asked for.
    pub fn config(mut self, name: &str) -> Result<Self, ConfigError> {
        let config = Builtin::find(name).ok_or_else(|| unknown(name))?;
        self.source = Source::Builtin(config.name);
        Ok(self)
    }

    /// Converts with a config that was read from JSON; `name` is what traces call it.
    pub fn custom_config(mut self, name: &str, config: Config) -> Self {
        self.source = Source::Custom { name: name.to_owned(), config };
        self
    }

    /// Converts from one locale to another: as jianfan reads Chinese, and through the OpenCC
    /// configs that fit if one of them is Japanese.
    pub fn locales(mut self, from: Locale, to: Locale) -> Self {
        self.source = Source::Locales { from: Some(from), to };
        self
    }

    /// Converts to a locale from wherever the text is from, which is read off each sentence, or
    /// else off those before it. Text from Japan is not told from others.
    pub fn to(mut self, to: Locale) -> Self {
        self.source = Source::Locales { from: None, to };
        self
    }

    /// Leaves the words of other places as they are between locales, and converts the script and
    /// the spelling alone.
    pub fn script_only(mut self, script_only: bool) -> Self {
        self.script_only = script_only;
        self
    }

    /// Says which words of other places are replaced between locales; all of them unless asked for
    /// the safe ones.
    pub fn vocabulary(mut self, vocabulary: Vocabulary) -> Self {
        self.vocabulary = vocabulary;
        self
    }

    /// Reads characters between locales with this model instead of the one that jianfan has.
    pub fn model(mut self, model: Model) -> Self {
        self.model = Some(Arc::new(model));
        self
    }

    /// Says whether dictionaries marked as a tofu risk take part; they don't unless asked for.
    /// A custom config has been read with or without them already.
    pub fn tofu_risk(mut self, tofu_risk: TofuRisk) -> Self {
        self.tofu_risk = tofu_risk;
        self
    }

    /// Adds a table of the user's. It is asked before the built-in ones, and before the tables
    /// added earlier; its values stand as they are written, no later stage changes them. Between
    /// locales, its keys may also be text as it would be written without the table.
    pub fn table(mut self, table: Dictionary) -> Self {
        self.tables.push(AddedTable { dictionary: table, is_for_output: false });
        self
    }

    /// Adds a table for the output alone, such as a [house style](crate::house): its keys are text
    /// as it would be written without the table. What stands there by another
    /// [`table`](Self::table) of the user's stays.
    ///
    /// ```
    /// use jianfan::{Converter, Locale, house};
    ///
    /// let style = house::table("zhou-week").unwrap();
    /// let builder = Converter::builder().locales(Locale::ZhCn, Locale::ZhHk);
    /// let converter = builder.output_table(style.dictionary()).build().unwrap();
    /// assert_eq!(converter.convert("上周周围"), "上週周圍");
    /// ```
    pub fn output_table(mut self, table: Dictionary) -> Self {
        self.tables.push(AddedTable { dictionary: table, is_for_output: true });
        self
    }

    /// Adds a table of concepts of the user's, which converts between locales in all directions. Its
    /// rows stand before the built-in ones, and before the tables added earlier: of words that begin
    /// at one place the longest counts, and of several rows for it the user's first. Where no words
    /// are replaced, as with [`script_only`](Self::script_only), it does nothing.
    ///
    /// ```
    /// use jianfan::dictionary::concepts;
    /// use jianfan::{Converter, Locale};
    ///
    /// let rows = "concept\tcn\ttw\thk\tsg\tmy\tmo\twhen\tnote\nscreen\t大屏\t大螢幕\t\t\t\t\t\t\n";
    /// let table = concepts::parse("ours.tsv", rows.as_bytes()).unwrap();
    /// let builder = Converter::builder().concepts(table);
    /// let to_taiwan = builder.clone().locales(Locale::ZhCn, Locale::ZhTw).build().unwrap();
    /// assert_eq!(to_taiwan.convert("看网络大屏"), "看網路大螢幕");
    /// let to_mainland = builder.locales(Locale::ZhTw, Locale::ZhCn).build().unwrap();
    /// assert_eq!(to_mainland.convert("看大螢幕"), "看大屏");
    /// ```
    pub fn concepts(mut self, table: ConceptTable) -> Self {
        self.concepts.push(table);
        self
    }

    /// The converter.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Dictionary`] if the tables of a custom config or the user's own are too
    /// large to be compiled, or a condition of a table of concepts can't be read;
    /// [`ConfigError::Concepts`] if there is one, but the way is not between places of Chinese.
    pub fn build(self) -> Result<Converter, ConfigError> {
        let mut pipeline = match &self.source {
            Source::Locales { from, to } => self.between(*from, *to)?,
            _ if !self.concepts.is_empty() => return Err(self.misplaced_concepts()),
            Source::Nothing => Pipeline::default(),
            Source::Builtin(name) => self.builtin(&[name]),
            Source::Custom { name, config } => Pipeline::compile(name, config)?,
        };
        add_tables(&mut pipeline, self.tables)?;
        Ok(Converter::new(pipeline))
    }

    fn between(&self, from: Option<Locale>, to: Locale) -> Result<Pipeline, ConfigError> {
        let model = match &self.model {
            Some(model) => Shared::Counted(Arc::clone(model)),
            None => Shared::Static(Model::builtin()),
        };
        let name = format!("{}>{to}", from.map_or("auto", Locale::tag));
        let vocabulary = (!self.script_only).then_some(self.vocabulary);
        match Reading::new(from, to, vocabulary, model) {
            Some(reading) => Ok(Pipeline::reading(&name, reading.with_concepts(&self.concepts)?)),
            None if self.concepts.is_empty() => {
                Ok(self.builtin(route(from.unwrap_or(Locale::ZhHans), to)))
            }
            None => Err(self.misplaced_concepts()),
        }
    }

    fn misplaced_concepts(&self) -> ConfigError {
        let file = self.concepts.first().map_or(String::new(), |table| table.name().to_owned());
        ConfigError::Concepts { file }
    }

    fn builtin(&self, names: &[&str]) -> Pipeline {
        let mut pipeline = Pipeline::default();
        for config in names.iter().filter_map(|name| Builtin::find(name)) {
            pipeline.append(Pipeline::builtin(config, self.tofu_risk));
        }
        pipeline
    }
}

/// Adds the user's tables to a pipeline. Where text is read, the output is looked up in all of them.
fn add_tables(pipeline: &mut Pipeline, tables: Vec<AddedTable>) -> Result<(), DictionaryError> {
    let those = |is_wanted: &dyn Fn(&AddedTable) -> bool| -> Vec<Dictionary> {
        tables
            .iter()
            .filter(|table| is_wanted(table))
            .map(|table| table.dictionary.clone())
            .collect()
    };
    let input = those(&|table| !table.is_for_output);
    let output = those(&|table| table.is_for_output || pipeline.reads());
    let normalization = Converter::new(pipeline.normalization());
    if !input.is_empty() {
        pipeline.set_user_table(user_table(input, &normalization)?);
    }
    if !output.is_empty() {
        pipeline.set_output_table(user_table(output, &Converter::new(Pipeline::default()))?);
    }
    Ok(())
}

fn unknown(name: &str) -> ConfigError {
    let names = Builtin::all().iter().map(|config| config.name);
    let near = nearest(name.strip_suffix(".json").unwrap_or(name), names);
    ConfigError::UnknownConfig {
        name: name.to_owned(),
        near: near.into_iter().map(str::to_owned).collect(),
    }
}
