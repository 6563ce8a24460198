//! Compiles the built-in configs: the same readers and compiler that serve a user's own tables
//! at run time turn `dictionaries/opencc` into bytes that are used where they lie.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[allow(dead_code, unused_imports)]
#[path = "src/dictionary/mod.rs"]
mod dictionary;

#[allow(dead_code)]
#[path = "src/conversion"]
mod conversion {
    pub mod config;
    pub mod error;
    pub mod fast {
        mod anchors;
        pub mod compose;
        mod hash;
        pub mod image;
    }
    pub mod ids;
    pub mod lookup;
    pub mod reading {
        pub mod conditions;
        pub mod directions;
        pub mod evidence;
        pub mod form;
        pub mod layout;
        pub mod place;
        pub mod words;
    }
}

#[allow(dead_code)]
#[path = "src/context"]
mod context {
    pub mod error;
    pub mod hash;
    pub use error::ModelError;
}

#[path = "build/characters.rs"]
mod characters;
#[path = "build/codes.rs"]
mod codes;
#[path = "build/encodings.rs"]
mod encodings;
#[path = "build/forms.rs"]
mod forms;
#[path = "build/regions.rs"]
mod regions;
#[path = "build/words.rs"]
mod words;

use characters::Characters;
use conversion::config::{Config, TofuRisk};
use conversion::fast::{compose::compose, image};
use conversion::reading::directions::{Basis, Directions};
use conversion::reading::evidence;
use conversion::reading::layout::lay_out;
use dictionary::{Dictionary, DictionaryGroup, compile, text};

const DICTIONARIES: &str = "dictionaries/opencc";

fn main() {
    for sources in
        ["build.rs", "build", "dictionaries", "src/dictionary", "src/conversion", "src/context"]
    {
        println!("cargo::rerun-if-changed={sources}");
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let mut build = Build::default();
    let configs: String = config_files().iter().map(|file| build.config(file)).collect();
    let script = Script::of(&mut build);
    build.write_parts(&out);
    let count = config_files().len();
    let texts = build.text_tables() + &config_texts();
    let parts = build.parts();
    let source = format!("static BUILTIN: [Builtin; {count}] = [{configs}];\n{parts}{texts}");
    write(&out.join("builtin.rs"), source.as_bytes());
    write(&out.join("script.rs"), script.source().as_bytes());
    write(&out.join("house.rs"), house_tables().as_bytes());
    locales(&out, &script);
    if std::env::var_os("CARGO_FEATURE_ENCODING").is_some() {
        character_sets(&out);
    }
}

/// The tables of the encodings that `encoding_rs` lacks.
fn character_sets(out: &Path) {
    let compile = |name: &str, compile: fn(&str) -> Vec<u8>| {
        let path = Path::new("dictionaries/encodings").join(name).with_extension("txt");
        let text = fs::read_to_string(path).expect("a readable table");
        write(&out.join(name).with_extension("bin"), &compile(&text));
    };
    compile("cns11643", encodings::cns);
    compile("cp950", encodings::big5);
    compile("big5-uao", encodings::big5);
    compile("big5-hkscs", encodings::read_only);
}

/// The static list of the tables of house styles, by name.
fn house_tables() -> String {
    let files = files(Path::new("dictionaries/house"), "txt");
    let root = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let mut source = format!("static HOUSE_TABLES: [(&str, &str); {}] = [\n", files.len());
    for file in &files {
        let name = file.file_stem().expect("a file name").to_string_lossy();
        let bytes = fs::read(file).expect("a readable table");
        text::parse_strict(&name, &bytes).unwrap_or_else(|error| panic!("{error}"));
        let path = Path::new(&root).join(file);
        writeln!(source, "({name:?}, include_str!({path:?})),").expect("a String takes all");
    }
    source + "];\n"
}

/// The codes of characters, and what text becomes on the way to each place.
fn locales(out: &Path, script: &Script) {
    let dictionaries = Path::new("dictionaries");
    let opencc = Path::new(DICTIONARIES);
    let characters = Characters::read(opencc, &dictionaries.join("orthography"));
    write(&out.join("codes.bin"), &codes::table(&characters));
    let codes = include_from_out("CODES", "codes.bin") + &codes::lists(&characters);
    write(&out.join("codes.rs"), codes.as_bytes());
    let words = words::Words::new(&characters, opencc);
    let tables = regions::tables(&dictionaries.join("regions"));
    let files = files(&dictionaries.join("regions"), "tsv");
    write(&out.join("regions.rs"), embedded("REGION_TABLES", &files).as_bytes());
    let fields = regions::fields(&tables);
    let basis = Basis {
        code: &|one| codes::code(&characters, one),
        in_script: &|text, target| words.in_script(text, target),
        in_form: &|text, target| text.chars().map(|one| target.in_word(&characters, one)).collect(),
        fields: &|name| evidence::set_of(name, &fields),
        is_own: &|_, _| false,
        is_vague: &|_, _| false,
    };
    let regions = Directions::of(&tables.iter().collect::<Vec<_>>(), &basis)
        .unwrap_or_else(|error| panic!("{error}"));
    let telling = script.telling(&characters);
    let mut source = conditions(&regions, &fields) + &regions::own(out, &regions);
    for target in forms::TARGETS {
        let name = format!("{target:?}").to_uppercase();
        let rows = words.rows(dictionaries, &regions, target);
        let single = rows.iter().filter_map(|row| match row.codes[..] {
            [one] => Some(one),
            _ => None,
        });
        let table = forms::table(&characters, &telling, target, &single.collect());
        write(&out.join(format!("{name}.forms")), &table);
        source += &include_from_out(&format!("{name}_FORMS"), &format!("{name}.forms"));
        let (table, strings) = lay_out(&rows).expect("the words fit");
        write(&out.join(format!("{name}.words")), &table);
        write(&out.join(format!("{name}.strings")), strings.as_bytes());
        source += &include_from_out(&format!("{name}_WORDS"), &format!("{name}.words"));
        let path = format!("concat!(env!(\"OUT_DIR\"), \"/{name}.strings\")");
        writeln!(source, "static {name}_STRINGS: &str = include_str!({path});")
            .expect("a String takes all");
        source += &pairs(&format!("{name}_READINGS"), &forms::readings(&characters, target));
        source += &pairs(&format!("{name}_IN_WORDS"), &forms::in_words(&characters, target));
    }
    write(&out.join("reading.rs"), source.as_bytes());
}

/// A static with pairs of characters.
fn pairs(name: &str, pairs: &[(char, char)]) -> String {
    format!("static {name}: [(char, char); {}] = {pairs:?};\n", pairs.len())
}

/// The statics of the tables' names and of the conditions of regional words.
fn conditions(regions: &Directions<'_>, fields: &[String]) -> String {
    let (starts, codes) = regions.condition_codes();
    let mut source = String::new();
    let mut list = |name: &str, kind: &str, count: usize, list: &dyn std::fmt::Debug| {
        writeln!(source, "static {name}: [{kind}; {count}] = {list:?};").expect("fits");
    };
    list("FIELDS", "&str", fields.len(), &fields);
    list("CONDITION_STARTS", "u32", starts.len(), &starts);
    list("CONDITION_CODES", "u16", codes.len(), &codes);
    source
}

/// A static with the bytes of a file in the output folder.
fn include_from_out(name: &str, file: &str) -> String {
    format!("static {name}: &[u8] = include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\"));\n")
}

fn config_files() -> Vec<PathBuf> {
    files(&Path::new(DICTIONARIES).join("config"), "json")
}

/// The files in `folder` with that extension, sorted by name.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder of dictionaries is there");
    let paths = entries.map(|entry| entry.expect("readable").path());
    let is_wanted = |path: &PathBuf| path.extension().is_some_and(|one| one == extension);
    let mut files: Vec<PathBuf> = paths.filter(is_wanted).collect();
    files.sort_by(|one, other| one.file_stem().cmp(&other.file_stem()));
    files
}

/// The distinct groups of all configs, each compiled once.
#[derive(Default)]
struct Build {
    dictionaries: HashMap<String, Arc<Dictionary>>,
    groups: Vec<DictionaryGroup>,
    images: Vec<Vec<u8>>,
}

impl Build {
    /// The literal of one `Builtin`.
    fn config(&mut self, file: &Path) -> String {
        let name = file.file_stem().expect("a file name").to_string_lossy().into_owned();
        let json = fs::read_to_string(file).expect("a readable config");
        let mut read = |tofu_risk| self.read(&name, &json, tofu_risk);
        let (without, with) = (read(TofuRisk::Exclude), read(TofuRisk::Include));
        format!(
            "Builtin {{ name: {name:?}, title: {:?}, without_tofu_risk: {}, with_tofu_risk: {} }},\n",
            with.title,
            self.shape(&without),
            self.shape(&with),
        )
    }

    fn read(&mut self, name: &str, json: &str, tofu_risk: TofuRisk) -> Config {
        Config::parse(name, json, tofu_risk, &mut |_, file| Ok(self.dictionary(file)))
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn dictionary(&mut self, file: &str) -> Arc<Dictionary> {
        let load = || {
            let bytes = fs::read(Path::new(DICTIONARIES).join(file)).expect("a readable table");
            Arc::new(text::parse(file, &bytes).expect("a well-formed table"))
        };
        Arc::clone(self.dictionaries.entry(file.to_owned()).or_insert_with(load))
    }

    /// The literal of one `Shape`.
    fn shape(&mut self, config: &Config) -> String {
        format!(
            "Shape {{ normalization: &{:?}, segmentation: {:?}, chain: &{:?}, fast: {:?} }}",
            self.numbers(&config.normalization),
            config.segmentation.as_ref().map(|group| self.number(group)),
            self.numbers(&config.conversion_chain),
            self.image(config),
        )
    }

    fn numbers(&mut self, groups: &[DictionaryGroup]) -> Vec<usize> {
        groups.iter().map(|group| self.number(group)).collect()
    }

    fn number(&mut self, group: &DictionaryGroup) -> usize {
        let known = self.groups.iter().position(|other| other == group);
        known.unwrap_or_else(|| {
            self.groups.push(group.clone());
            self.groups.len() - 1
        })
    }

    /// The number of the config's composed steps.
    fn image(&mut self, config: &Config) -> Option<usize> {
        let Config { normalization, segmentation, conversion_chain, .. } = config;
        let composed = compose(normalization, segmentation.as_ref(), conversion_chain);
        let image = image::build(&composed.expect("the built-in tables fit")?)?;
        let known = self.images.iter().position(|other| *other == image);
        Some(known.unwrap_or_else(|| {
            self.images.push(image);
            self.images.len() - 1
        }))
    }

    fn write_parts(&self, out: &Path) {
        for (number, group) in self.groups.iter().enumerate() {
            let table = compile(group).expect("the built-in tables fit");
            write(&out.join(format!("{number}.index")), &table.index);
            write(&out.join(format!("{number}.strings")), table.strings.as_bytes());
        }
        for (number, image) in self.images.iter().enumerate() {
            write(&out.join(format!("{number}.image")), image);
        }
    }

    /// The list of compiled parts that `write_parts` wrote.
    fn parts(&self) -> String {
        let count = self.groups.len();
        let mut source = format!("static PARTS: [(&[u8], &str); {count}] = [\n");
        for number in 0..count {
            let part = |kind| format!("concat!(env!(\"OUT_DIR\"), \"/{number}.{kind}\")");
            writeln!(
                source,
                "(include_bytes!({}), include_str!({})),",
                part("index"),
                part("strings")
            )
            .expect("a String takes all");
        }
        let count = self.images.len();
        writeln!(source, "];\nstatic IMAGES: [&[u8]; {count}] = [").expect("a String takes all");
        for number in 0..count {
            let path = format!("concat!(env!(\"OUT_DIR\"), \"/{number}.image\")");
            writeln!(source, "include_bytes!({path}),").expect("a String takes all");
        }
        source + "];\n"
    }
}

impl Build {
    /// The text tables themselves, for custom configs that name one.
    fn text_tables(&self) -> String {
        let mut files: Vec<PathBuf> =
            self.dictionaries.keys().map(|file| Path::new(DICTIONARIES).join(file)).collect();
        files.sort();
        embedded("TEXT_TABLES", &files)
    }
}

/// The JSON of the configs, for OpenCC itself to read, and to make others of.
fn config_texts() -> String {
    let list = embedded("CONFIG_TEXTS", &config_files());
    format!("#[cfg(any(feature = \"cli\", feature = \"opencc\"))]\n{list}")
}

/// A static list of files by name and content.
fn embedded(list: &str, files: &[PathBuf]) -> String {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let mut source = format!("static {list}: [(&str, &[u8]); {}] = [\n", files.len());
    for file in files {
        let name = file.file_name().expect("a file name").to_string_lossy();
        let path = Path::new(&root).join(file);
        writeln!(source, "({name:?}, include_bytes!({path:?})),").expect("a String takes all");
    }
    source + "];\n"
}

/// The characters that tell the scripts, and the Traditional places, apart, each list sorted.
struct Script {
    lists: [(&'static str, Vec<char>); 4],
}

impl Script {
    /// Of each table the keys that always change and that the opposite table does not know.
    fn of(build: &mut Build) -> Self {
        let mut list = |name: &'static str, table: &str, opposite: &str| {
            let (table, opposite) = (build.dictionary(table), build.dictionary(opposite));
            let changed =
                table.entries().iter().filter(|entry| !entry.candidates.contains(&entry.key));
            let keys = changed.map(|entry| entry.key.as_str());
            let telling =
                keys.filter(|key| opposite.entries().iter().all(|other| other.key != *key));
            (name, telling.filter_map(|key| key.chars().next()).collect())
        };
        let lists = [
            list("SIMPLIFIED", "STCharacters.txt", "TSCharacters.txt"),
            list("TRADITIONAL", "TSCharacters.txt", "STCharacters.txt"),
            list("TAIWAN", "TWVariantsRev.txt", "HKVariantsRev.txt"),
            list("HONG_KONG", "HKVariantsRev.txt", "TWVariantsRev.txt"),
        ];
        Self { lists }
    }

    /// The lists that tell the scripts apart.
    fn source(&self) -> String {
        let literal = |(name, characters): &(&str, Vec<char>)| {
            format!("static {name}: [char; {}] = {characters:?};\n", characters.len())
        };
        self.lists[..2].iter().map(literal).collect()
    }

    fn telling(&self, characters: &Characters) -> forms::Telling {
        forms::Telling::new(characters, self.lists.each_ref().map(|(_, list)| list.as_slice()))
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}
