//! Contestants: the commands that are measured.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use anyhow::{Context, Result, ensure};

use super::set::Set;

/// A command that converts stdin to stdout line by line.
pub struct Contestant {
    /// What the tables call it.
    pub name: String,
    program: PathBuf,
    arguments: Vec<String>,
}

impl Contestant {
    /// The `jianfan` at `program` with `arguments`, white space between them.
    pub fn jianfan(program: PathBuf, arguments: &str) -> Self {
        let name = format!("jianfan {arguments}");
        Self { name, program, arguments: split(arguments) }
    }

    /// Any command: the program and its arguments.
    pub fn command(words: &[String]) -> Result<Self> {
        let (program, arguments) = words
            .split_first()
            .context("--command is empty: give a program, as in --command \"opencc -c s2tw\"")?;
        Ok(Self { name: words.join(" "), program: program.into(), arguments: arguments.to_owned() })
    }

    /// Converts the inputs of a set in one run; as many outputs.
    pub fn convert(&self, set: &Set) -> Result<Vec<String>> {
        let input: String = set.rows.iter().flat_map(|row| [&*row.input, "\n"]).collect();
        let output = self.run(input.as_bytes())?;
        ensure!(
            output.status.success(),
            "`{}` failed on {} ({}): {}",
            self.name,
            set.path.display(),
            output.status,
            last_line(&output.stderr)
        );
        let output = String::from_utf8(output.stdout).ok().with_context(|| {
            format!("`{}` writes malformed UTF-8 for {}", self.name, set.path.display())
        })?;
        let lines: Vec<String> = output.lines().map(str::to_owned).collect();
        ensure!(
            lines.len() == set.rows.len(),
            "`{}` writes {} lines for the {} of {}: it has to write one line for each",
            self.name,
            lines.len(),
            set.rows.len(),
            set.path.display()
        );
        Ok(lines)
    }

    /// Feeds the command from a thread of its own, so that neither side waits
    /// for the other with a full pipe.
    fn run(&self, input: &[u8]) -> Result<Output> {
        let failed = || format!("cannot run `{}`", self.name);
        let mut child = self.start().with_context(failed)?;
        let stdin = child.stdin.take();
        thread::scope(|scope| {
            scope.spawn(move || {
                // A command that doesn't read on shows in what it writes.
                stdin.map(|mut stdin| stdin.write_all(input))
            });
            child.wait_with_output()
        })
        .with_context(failed)
    }

    fn start(&self) -> std::io::Result<Child> {
        Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    }
}

/// The words of a command line, without any quoting.
pub fn split(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

fn last_line(errors: &[u8]) -> String {
    let errors = String::from_utf8_lossy(errors);
    errors.trim().lines().last().unwrap_or("it says nothing").to_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use std::path::Path;

    use super::*;

    fn convert(command: &str) -> Result<Vec<String>> {
        let set = Set::parse(Path::new("set.tsv"), "1\t好\t好\n2\t\t\n3\t不好\t不好\n", false);
        Contestant::command(&split(command))?.convert(&set?)
    }

    fn error(command: &str) -> String {
        format!("{:#}", convert(command).unwrap_err())
    }

    #[test]
    fn one_line_for_each() {
        assert_eq!(convert("cat").unwrap(), ["好", "", "不好"]);
    }

    #[test]
    fn more_input_than_a_pipe_holds() {
        let rows: String = (0..50_000).map(|i| format!("{i}\t不好\t不好\n")).collect();
        let set = Set::parse(Path::new("set.tsv"), &rows, false).unwrap();
        let cat = Contestant::command(&split("cat")).unwrap();
        assert_eq!(cat.convert(&set).unwrap().len(), 50_000);
    }

    #[test]
    fn errors_name_the_command_and_what_is_wrong() {
        assert_eq!(
            error("head -n 2"),
            "`head -n 2` writes 2 lines for the 3 of set.tsv: it has to write one line for each"
        );
        assert!(
            error("false")
                .starts_with("`false` failed on set.tsv (exit status: 1): it says nothing")
        );
        assert!(error("no-such-command").starts_with("cannot run `no-such-command`: "));
        assert!(error(" ").starts_with("--command is empty"));
        assert!(error("tr \\345 x").starts_with("`tr \\345 x` writes malformed UTF-8"));
    }
}
