//! The JSON schema of project files, `docs/jianfan.schema.json`, made from the keys and options.
//!
//! `SCHEMA=overwrite cargo test --lib schema` renews it.

use std::fs;
use std::path::Path;

use clap::builder::PossibleValue;
use clap::{Arg, Command};
use serde_json::{Map, Value, json};

use super::keys::{FILES, KEYS, Key, OVERRIDE, Shape};
use super::read::Reader;
use super::value::names_path;
use crate::cli::args;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/jianfan.schema.json");

fn schema() -> Value {
    let command = args::command();
    let mut properties: Map<String, Value> = KEYS
        .iter()
        .map(|key| (key.name.to_owned(), property(key.arg(key.home(&command)).unwrap())))
        .collect();
    properties.insert(OVERRIDE.to_owned(), overrides(&command));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "jianfan.toml",
        "description": "What a project asks jianfan for: defaults of the command line's options.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "allOf": conflicts(&command, |_| true),
    })
}

fn overrides(command: &Command) -> Value {
    let keys = KEYS.iter().filter(|key| key.per_file).map(|key| key.name.to_owned());
    let mut properties: Map<String, Value> = keys
        .map(|name| (name.clone(), json!({ "$ref": format!("#/properties/{name}") })))
        .collect();
    let files = json!({
        "description": "Which files these settings are for: globs as in a .gitignore file, from \
            the folder of this file on.",
        "type": "array",
        "items": { "type": "string" },
        "minItems": 1,
    });
    properties.insert(FILES.to_owned(), files);
    json!({
        "description": "Settings for some files; of several tables that are for a file, later \
            ones win.",
        "type": "array",
        "items": {
            "type": "object",
            "properties": properties,
            "required": [FILES],
            "additionalProperties": false,
            "allOf": conflicts(command, |key| key.per_file),
        },
    })
}

/// That two keys which exclude each other are not both set; a flag is if it is true.
fn conflicts(command: &Command, is_there: impl Fn(&Key) -> bool) -> Vec<Value> {
    let keys: Vec<&Key> = KEYS.iter().filter(|key| is_there(key)).collect();
    let pairs = keys
        .iter()
        .enumerate()
        .flat_map(|(number, key)| keys[number + 1..].iter().map(move |other| [*key, *other]));
    let pairs = pairs.filter(|[key, other]| key.conflicts(other, command));
    pairs
        .map(|pair| {
            let is_flag = |key: &&Key| Shape::of(key.arg(command).unwrap()) == Shape::Flag;
            let on = pair.into_iter().filter(is_flag);
            let on: Map<String, Value> =
                on.map(|key| (key.name.to_owned(), json!({ "const": true }))).collect();
            json!({ "not": { "required": pair.map(|key| key.name), "properties": on } })
        })
        .collect()
}

fn property(arg: &Arg) -> Value {
    let mut property = match Shape::of(arg) {
        Shape::Flag => json!({ "type": "boolean", "default": false }),
        Shape::Number => json!({ "type": "integer", "minimum": 1 }),
        Shape::Text => text(arg),
        Shape::List => json!({ "type": "array", "items": text(arg) }),
    };
    property["description"] = description(arg).into();
    if let (Shape::Text, [default]) = (Shape::of(arg), arg.get_default_values()) {
        property["default"] = default.to_str().into();
    }
    property
}

/// A value that is a string, with its names: all of them, or if there are more, those to propose.
fn text(arg: &Arg) -> Value {
    let names = arg.get_possible_values();
    let names: Vec<&str> = names.iter().map(PossibleValue::get_name).collect();
    match (names.as_slice(), arg.is_hide_possible_values_set()) {
        ([], _) => json!({ "type": "string" }),
        (names, true) => json!({ "anyOf": [{ "enum": names }, { "type": "string" }] }),
        (names, false) => json!({ "type": "string", "enum": names }),
    }
}

/// The help of the option, as it reads in a file.
fn description(arg: &Arg) -> String {
    let help = arg.get_long_help().or(arg.get_help()).unwrap().to_string();
    let help = help.replace("; may be repeated, ", "; ").replace("; may be repeated", "");
    let help = help.replace("the working directory", "the folder of this file");
    match names_path(arg) {
        true => format!("{help}\n\nA path counts from the folder of this file."),
        false => help,
    }
}

#[test]
fn it_is_what_the_options_say() {
    let made = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    if std::env::var_os("SCHEMA").is_some_and(|wish| wish == "overwrite") {
        fs::write(PATH, &made).unwrap();
    }
    let shipped = fs::read_to_string(PATH).unwrap_or_default();
    assert!(made == shipped, "renew it: SCHEMA=overwrite cargo test --lib schema");
}

/// Whether `value` has the types and the keys of `schema`.
fn fits(value: &Value, schema: &Value) -> bool {
    let is_type = match schema["type"].as_str() {
        Some("object") => value.as_object().is_some_and(|table| {
            table.iter().all(|(key, value)| {
                schema["properties"].get(key).is_some_and(|schema| fits(value, schema))
            })
        }),
        Some("array") => {
            value.as_array().is_some_and(|list| list.iter().all(|it| fits(it, &schema["items"])))
        }
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    let is_one_of = |names: &Value| names.as_array().is_none_or(|names| names.contains(value));
    let is_any = |schemas: &Value| {
        schemas.as_array().is_none_or(|schemas| schemas.iter().any(|schema| fits(value, schema)))
    };
    is_type && is_one_of(&schema["enum"]) && is_any(&schema["anyOf"])
}

/// Whether the schema allows `toml`, and whether the command does.
fn verdicts(toml: &str) -> (bool, bool) {
    let mut schema = schema();
    // What the tables for some files refer to.
    let properties = schema["properties"].clone();
    let own = schema["properties"][OVERRIDE]["items"]["properties"].as_object_mut().unwrap();
    own.iter_mut().filter(|(_, it)| it.get("$ref").is_some()).for_each(|(name, it)| {
        *it = properties[name].clone();
    });
    let value: Value = toml::from_str(toml).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = Reader::new(Path::new("jianfan.toml"), folder, folder, toml).read();
    (fits(&value, &schema), read.is_ok())
}

#[test]
fn it_allows_what_the_command_does() {
    let allowed = [
        "",
        "allow = ['软件']\nleast = 'word'\nbaseline = 'README.md'\n",
        "[[override]]\nfiles = ['old/']\nallow = []\nleast = 'script'\n",
        "to = 'zh-TW'\nfrom = 'cn'\ntables = ['README.md', 'builtin:tw-tai']\njobs = 2\n",
        "config = 's2t'\nhidden = true\nsummary = 'json'\ncolor = 'never'\nbackup = '~'\n",
        "[[override]]\nfiles = ['*.srt']\nencoding = 'gbk'\nunmappable = 'geta'\nrepair = true\n",
    ];
    for toml in allowed {
        assert_eq!(verdicts(toml), (true, true), "{toml}");
    }
    let refused = [
        "tabels = []\n",
        "to = 5\n",
        "hidden = 'yes'\n",
        "summary = 'xml'\n",
        "jobs = '2'\n",
        "allow = '软件'\n",
        "least = 'words'\n",
        "[[override]]\nfiles = ['*.srt']\nbaseline = 'README.md'\n",
        "include = '*.txt'\n",
        "[[override]]\nfiles = ['*.srt']\njobs = 2\n",
        "override = 3\n",
    ];
    for toml in refused {
        assert_eq!(verdicts(toml), (false, false), "{toml}");
    }
}
