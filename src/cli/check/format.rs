//! Findings as text, JSON, SARIF and annotations of GitHub.

use serde::Serialize;
use serde_json::{Value, json};

use super::finding::{Finding, Rule};
use crate::cli::message::on_one_line;

/// What was found in one input.
#[derive(Debug, Serialize)]
pub struct Found {
    pub path: String,
    pub findings: Vec<Finding>,
}

/// A line for each finding: path, line, column, what and what to do.
pub fn text(found: &Found) -> String {
    let line = |finding: &Finding| {
        let Finding { line, column, .. } = finding;
        format!("{}:{line}:{column}: {}\n", found.path, on_one_line(&finding.message()))
    };
    found.findings.iter().map(line).collect()
}

/// A workflow command for each finding, which GitHub shows beside the line.
///
/// Source: "Workflow commands for GitHub Actions" in GitHub's documentation.
pub fn github(found: &Found) -> String {
    let line = |finding: &Finding| {
        let Finding { line, column, end_column, rule, .. } = finding;
        let level = match rule {
            Rule::Script => "error",
            Rule::Word => "warning",
            Rule::Doubtful => "notice",
        };
        let path = escaped(&found.path).replace(':', "%3A").replace(',', "%2C");
        // Its columns include the last one.
        let end = (end_column - 1).max(*column);
        format!(
            "::{level} file={path},line={line},col={column},endColumn={end},title=jianfan {}::{}\n",
            rule.name(),
            escaped(&finding.message()),
        )
    };
    found.findings.iter().map(line).collect()
}

/// All findings as one array of JSON, an object for each, with its path.
pub fn json(found: &[Found]) -> serde_json::Result<String> {
    #[derive(Serialize)]
    struct Row<'a> {
        path: &'a str,
        #[serde(flatten)]
        finding: &'a Finding,
    }
    let rows = found.iter().flat_map(|Found { path, findings }| {
        findings.iter().map(move |finding| Row { path, finding })
    });
    serde_json::to_string_pretty(&rows.collect::<Vec<_>>())
}

/// All findings as a log of SARIF 2.1.0, with what to write as a fix.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
pub fn sarif(found: &[Found]) -> serde_json::Result<String> {
    let rules = Rule::ALL.map(|rule| {
        json!({
            "id": rule.name(),
            "shortDescription": {"text": rule.description()},
            "defaultConfiguration": {"level": level(rule)},
        })
    });
    let results: Vec<Value> = found
        .iter()
        .flat_map(|found| found.findings.iter().map(|finding| result(&found.path, finding)))
        .collect();
    let driver = json!({
        "name": "jianfan",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    serde_json::to_string_pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn level(rule: Rule) -> &'static str {
    match rule {
        Rule::Script => "error",
        Rule::Word => "warning",
        Rule::Doubtful => "note",
    }
}

fn result(path: &str, finding: &Finding) -> Value {
    let artifact = json!({"uri": uri(path)});
    let region = json!({
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.line,
        "endColumn": finding.end_column,
    });
    let fix = json!({
        "artifactChanges": [{
            "artifactLocation": artifact,
            "replacements": [{
                "deletedRegion": region,
                "insertedContent": {"text": finding.instead},
            }],
        }],
    });
    json!({
        "ruleId": finding.rule.name(),
        "ruleIndex": Rule::ALL.iter().position(|rule| *rule == finding.rule),
        "level": level(finding.rule),
        "message": {"text": finding.message()},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "fixes": [fix],
    })
}

/// A path as a relative reference of RFC 3986: all but unreserved characters and slashes as bytes.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let byte = |byte: u8| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    path.bytes().map(byte).collect()
}

/// As values of workflow commands have it.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
