//! `jianfan tables export --opencc`: the built-in words from one place to another, as OpenCC has it.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};

use super::comes_out::locale as locale_of;
use crate::Locale;
use crate::cli::args::ExportArgs;
use crate::cli::atomic::{CANT_WRITE, Replacement};
use crate::cli::strays::Sweeper;
use crate::conversion::builtin_files;
use crate::conversion::reading::export::{Pairs, builtin_pairs};
use crate::conversion::reading::place::{PLACES, Place};
use crate::conversion::route::route;

/// Writes the dictionary, the config, and the dictionaries of OpenCC that this names.
pub fn run(args: &ExportArgs) -> Result<()> {
    let (Some(from), Some(to), Some(folder)) = (args.from, args.to, &args.output) else {
        bail!("--opencc: name two places and a folder: -f zh-CN -t zh-TW -o DIR");
    };
    if from == to {
        bail!("--opencc: {from} and {to} are one place; name another to go to");
    }
    let words = builtin_pairs(place(from)?, place(to)?);
    let name = format!("{from}-{to}");
    let config = config(from, to, &name)?;
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let write = |name: &str, bytes: &[u8]| write(&folder.join(name), bytes);
    write(&format!("{name}.txt"), dictionary(&words, from, to).as_bytes())?;
    for (file, bytes) in builtin_files().filter(|(file, _)| names(&config, file)) {
        write(file, bytes)?;
    }
    let json = serde_json::to_string_pretty(&config)? + "\n";
    write(&format!("{name}.json"), json.as_bytes())
}

fn place(locale: Locale) -> Result<Place> {
    let found = PLACES.into_iter().find(|place| locale_of(*place) == locale);
    found.ok_or_else(|| {
        anyhow!("--opencc: {locale} has no words of its own; name a place, such as zh-CN or zh-TW")
    })
}

/// The words as a text dictionary of OpenCC. A space in a value would begin another candidate.
fn dictionary(words: &Pairs, from: Locale, to: Locale) -> String {
    let fitting = words.pairs.iter().filter(|(_, value)| !value.contains(' '));
    let rows: Vec<String> = fitting.map(|(key, value)| format!("{key}\t{value}\n")).collect();
    let left_out = words.left_out + words.pairs.len() - rows.len();
    let version = env!("CARGO_PKG_VERSION");
    let head = format!(
        "# {} words of {from} as {to} has them; {left_out} that depend on their context are left out.\n\
         # Source: the tables of concepts of jianfan {version}, licence Apache-2.0.\n",
        rows.len()
    );
    head + &rows.concat()
}

/// The config: that of OpenCC for the script, or two of them, in which the words come first.
fn config(from: Locale, to: Locale, name: &str) -> Result<Value> {
    let own = json!({ "type": "text", "file": format!("{name}.txt") });
    let (mut config, mut chain) = (None, Vec::new());
    // The configs with OpenCC's own words end in p.
    for script in route(from, to).iter().map(|name| name.trim_end_matches('p')) {
        let mut next = builtin(script)?;
        if let Some(stages) = next["conversion_chain"].as_array_mut() {
            chain.append(stages);
        }
        // Both normalize alike.
        config.get_or_insert(next);
    }
    let mut config = config.unwrap_or_else(|| json!({}));
    config["name"] = format!("Words and script of {from} to {to} (jianfan)").into();
    if let Some(segments) = config.pointer_mut("/segmentation/dict") {
        *segments = group("union", &own, segments);
    }
    match chain.first_mut() {
        Some(first) => first["dict"] = group("short_circuit", &own, &first["dict"]),
        None => chain.push(json!({ "dict": own })),
    }
    config["conversion_chain"] = chain.into();
    Ok(config)
}

fn group(policy: &str, first: &Value, second: &Value) -> Value {
    json!({ "type": "group", "match_policy": policy, "dicts": [first, second] })
}

/// The built-in config of that name.
fn builtin(name: &str) -> Result<Value> {
    let file = format!("{name}.json");
    let found = builtin_files().find(|(other, _)| *other == file);
    let (_, bytes) = found.with_context(|| format!("there is no config {name}"))?;
    Ok(serde_json::from_slice(bytes)?)
}

/// Whether a config names the dictionary `file`.
fn names(config: &Value, file: &str) -> bool {
    match config {
        Value::Object(fields) => {
            fields.get("file").is_some_and(|name| name == file)
                || fields.values().any(|value| names(value, file))
        }
        Value::Array(values) => values.iter().any(|value| names(value, file)),
        _ => false,
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || {
        let mut replacement = Replacement::of(path, &Sweeper::default())?;
        replacement.write_all(bytes).context(CANT_WRITE)?;
        replacement.commit()
    };
    write().with_context(|| path.display().to_string())
}
