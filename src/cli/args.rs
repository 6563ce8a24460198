//! The arguments, as they are written on the command line.

use std::num::NonZero;
use std::path::PathBuf;

use clap::builder::{BoolishValueParser, NonEmptyStringValueParser};
use clap::{
    ArgAction, ArgGroup, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
    ValueHint,
};
use clap_complete::Shell;

use super::check::Rule;
use super::line::Line;
use super::values::{self, InputEncoding, InputLocale, OutputEncoding, TableSource};
use crate::house::HouseTable;
use crate::locale::Locale;

/// Convert Chinese text between Simplified and Traditional script and between the vocabularies
/// of mainland China, Taiwan and Hong Kong.
///
/// Without PATH, or with "-", text is read from standard input and written to standard output.
/// With --to, jianfan reads each sentence: its words, and its characters in their context; the
/// text may be of one script or mixed. With --config, the result is exactly that of OpenCC 1.4.2.
#[derive(Debug, Parser)]
#[command(name = "jianfan", version, args_conflicts_with_subcommands = true)]
#[command(disable_help_subcommand = true, subcommand_value_name = "COMMAND")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub convert: ConvertArgs,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Convert text; what happens without a command too
    Convert(ConvertArgs),
    /// Show which table entry, or which context, made each change
    ///
    /// One line for each: path, line, column, what became what, and by which stage and entry of
    /// which dictionary. Of a character that was read in its context the readings are shown with
    /// their scores, the one that it has first: the highest, or where the context does not tell,
    /// the usual one. Each input is held in memory whole.
    Explain(ExplainArgs),
    /// Tell the encoding, script and locale of each input
    ///
    /// One line for each, with TABs between: path, encoding, how sure that is, script (hans, hant,
    /// mixed or none), locale (zh-CN, zh-TW, zh-HK or ja), or - for what is not known. As much is
    /// read as is needed, 64 MiB at most. Of a file that is no text the encoding is binary.
    Detect(DetectArgs),
    /// Report words and characters that don't belong to a locale, with what to write instead
    ///
    /// One line for each: path, line, column, what stands there, what to write, the rule and why.
    /// The exit status is 1 if there are any. In the text itself, jianfan-ignore-line leaves out its
    /// line, jianfan-ignore-next-line the next one, jianfan-off all from there to jianfan-on; they may
    /// stand in any style of comment.
    Check(CheckArgs),
    /// Bring back what a run over several files changed
    ///
    /// Names as they were, and contents, if the run kept backups. What was changed since stays as it
    /// is and is reported. The run says at its end where its journal is.
    Undo {
        /// The journal of the run
        #[arg(value_hint = ValueHint::FilePath)]
        journal: PathBuf,
    },
    /// List, print, check and export tables
    ///
    /// House styles are for choices that publishers of one place make differently, such as 台 or 臺 in
    /// Taiwan. None is in use without --table builtin:NAME.
    #[command(disable_help_subcommand = true, arg_required_else_help = false)]
    #[command(subcommand_value_name = "COMMAND")]
    Tables {
        #[command(subcommand)]
        command: TablesCommand,
    },
    /// Print the completion script of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Subcommand)]
pub enum TablesCommand {
    /// Print the name of each table, the number of its rows, what it does and for which output
    List {
        /// Print JSON Lines: one object for each table
        ///
        /// Its fields are name, rows, does, output and used_by.
        #[arg(long)]
        json: bool,
    },
    /// Report rows of your own tables that probably don't do what was meant
    ///
    /// Rows that never apply, since a table that comes later has their key, or one with which it
    /// begins; keys of one character, which hit within other words; rows that turn one another back,
    /// or whose result another row would change again. Of tables of concepts also rows that are out of
    /// order, concepts and words that stand twice, words in another script than their column's, and
    /// words that don't come out, or don't stay, between two places, beside the built-in ones. The exit
    /// status is 1 if there are any.
    Check {
        /// The tables, in the order in which --table would name them: the last one wins
        #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
        tables: Vec<PathBuf>,
    },
    /// Print a table, to begin one of your own with; or write the words of places for OpenCC
    ///
    /// With --opencc the built-in words from one place to another are written to a folder: as a text
    /// dictionary, with those of OpenCC that the script needs and a config that uses them all, which
    /// OpenCC takes, and jianfan with -c. OpenCC knows no context: words that depend on what stands
    /// around them (those that --vocabulary safe leaves) are not in it, and of a text from one place no
    /// words of others are replaced.
    Export(ExportArgs),
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The name of the table
    #[arg(value_parser = values::house_table(), hide_possible_values = true)]
    #[arg(required_unless_present = "opencc", conflicts_with = "opencc")]
    pub name: Option<HouseTable>,
    /// Write dictionaries and a config for OpenCC, from one place to another
    #[arg(long, requires_all = ["from", "to", "output"])]
    pub opencc: bool,
    /// The place that the words are from, such as zh-CN
    #[arg(short, long, value_name = "LOCALE", requires = "opencc")]
    #[arg(value_parser = values::locale(), hide_possible_values = true)]
    pub from: Option<Locale>,
    /// The place that they go to
    #[arg(short, long, value_name = "LOCALE", requires = "opencc")]
    #[arg(value_parser = values::locale(), hide_possible_values = true)]
    pub to: Option<Locale>,
    /// The folder to write to; it is made if there is none
    #[arg(short, long, value_name = "DIR", requires = "opencc", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ConvertArgs {
    #[command(flatten)]
    pub conversion: ConversionArgs,
    #[command(flatten)]
    pub input: InputArgs,
    /// First undo what was decoded wrongly once, such as 浣犲ソ for 你好 (UTF-8 read as GBK)
    ///
    /// Line by line, and only where it is certain what was written. Where it is not, or where
    /// nothing is left of it (锟斤拷), the text stays, and a note says where the first such place is;
    /// with -v another says what was repaired.
    #[arg(long, help_heading = "Input")]
    pub repair: bool,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub project: ProjectArgs,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Print JSON Lines: one object for each change
    ///
    /// Its fields are path; source and output, the places before and after; stage (config, kind:
    /// normalization, segmentation, conversion or reading, number: null if there is only one);
    /// dictionary, key, value and candidates of the entry; scores. Of a character that was read in
    /// its context, the candidates are its readings in their standard forms, the one that it has
    /// first, and scores has a number for each, in nats; else scores is empty. A place has line and
    /// column, counted from 1; bytes and characters, each with start and end, counted from 0; and
    /// text. Bytes are those of the text in UTF-8 without a byte order mark; columns and characters
    /// are Unicode scalar values.
    #[arg(long)]
    pub json: bool,
    /// Say less: no notes on skipped files
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    #[command(flatten)]
    pub conversion: ConversionArgs,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub project: ProjectArgs,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// How to print what is found
    ///
    /// The objects of JSON have path, line, column, end_column, start and end (in bytes of UTF-8),
    /// text, instead, rule and reason.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub output_format: CheckFormat,
    /// The least grave rule to report
    #[arg(long, value_enum, value_name = "RULE", default_value = "doubtful")]
    pub least: Rule,
    /// Text to leave as it is, such as a word that belongs after all; may be repeated
    ///
    /// Nothing within it is reported, wherever it stands: not 软件 if 软件园 is allowed and stands there.
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub allow: Vec<String>,
    /// Leave out what is in this file, which --write-baseline wrote
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write what is found now to this file, and report nothing
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    #[command(flatten)]
    pub conversion: ConversionArgs,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub project: ProjectArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CheckFormat {
    /// A line for each
    #[default]
    Text,
    /// An array with an object for each
    Json,
    /// SARIF 2.1.0, with fixes
    Sarif,
    /// Annotations of GitHub's actions
    Github,
}

#[derive(Debug, Args)]
pub struct DetectArgs {
    /// How to print what was found
    ///
    /// The fields of an object are path, encoding, bom (whether it begins with a byte order mark),
    /// confidence (from 0 to 1), script, locale and error; null is what is not known.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub output_format: OutputFormat,
    /// Print the other encodings that it may be, too
    ///
    /// The most likely one first, each with how likely it is: a last column, or the field
    /// candidates.
    #[arg(long)]
    pub candidates: bool,
    /// Print what was decoded wrongly once, too
    ///
    /// A last column with how many places there are of each kind, and the line and the column of
    /// the first; "perhaps" where that is in doubt, "lost" where nothing can be recovered. As JSON
    /// Lines two fields: mojibake_count, and mojibake, the first 100 places with their kind, line,
    /// column, verdict (certain, doubtful or lost), text and repaired (null if lost). For this, the
    /// inputs are read to their end.
    #[arg(long)]
    pub mojibake: bool,
    /// Files, and folders of files; "-" is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub walk: WalkArgs,
    #[command(flatten)]
    pub project: ProjectArgs,
}

/// Which files of a folder.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Folders")]
pub struct WalkArgs {
    /// Of the files of a folder, take only those that match; may be repeated
    ///
    /// As in a .gitignore file, from the working directory on: *.txt is any text file,
    /// docs/**/*.md those Markdown files. Files that are named are taken in any case.
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Of the files of a folder, leave out those that match; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Take files that .gitignore, .ignore and the like leave out, too
    #[arg(long)]
    pub no_ignore: bool,
    /// Take hidden files and folders, too, but for those of version control
    #[arg(long)]
    pub hidden: bool,
}

/// Which settings of a project.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Project")]
pub struct ProjectArgs {
    /// Take defaults from this file, not from the nearest jianfan.toml
    ///
    /// A jianfan.toml in the working directory, or else in the nearest folder above it, says what
    /// options are where they are not given. Its keys have the options' names; [[override]] tables
    /// with globs, files = ["*.srt"], are for some files alone.
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub project: Option<PathBuf>,
    /// Take no defaults from a jianfan.toml
    #[arg(long)]
    pub isolated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum OutputFormat {
    /// A line for each input, with TABs between its columns
    #[default]
    Text,
    /// JSON Lines: an object for each input, also for those that can't be read
    Jsonl,
}

/// Which conversion.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Conversion")]
pub struct ConversionArgs {
    /// Locale of the input; auto reads it off each sentence, or else those before
    ///
    /// So a text may be mixed. Where the output is Japanese, and with --engine opencc, the locale
    /// is read off the beginning of the text instead, which takes 300 characters that only one
    /// script has, or 64 KiB of text, or all of it; text that does not tell it stays as it is then,
    /// and Japanese is known by its kana. Sentence by sentence it is not told from Chinese: name it.
    #[arg(short, long, value_name = "LOCALE", default_value = "auto")]
    #[arg(value_parser = values::input_locale(), hide_possible_values = true)]
    pub from: InputLocale,
    /// Locale of the output, such as zh-TW or cn
    #[arg(short, long, value_name = "LOCALE")]
    #[arg(value_parser = values::locale(), hide_possible_values = true)]
    pub to: Option<Locale>,
    /// Convert the script and the spelling alone: 软件 becomes 軟件 in Taiwan too, not 軟體
    ///
    /// zh-Hans and zh-Hant, which are no place's, leave words as they are in any case.
    #[arg(long, conflicts_with = "config")]
    pub script_only: bool,
    /// Which words of other places to replace: all of them, or the safe ones
    ///
    /// Safe ones are replaced in any sentence (网络, 網路 in Taiwan). The others depend on what stands
    /// around them: 文件 is 檔案 in Taiwan where a computer has it, and stays where it is signed.
    #[arg(long, value_name = "WORDS", default_value = "full", conflicts_with = "config")]
    #[arg(conflicts_with = "script_only", hide_short_help = true)]
    pub vocabulary: VocabularyArg,
    /// Context model to read characters such as 发 (發 or 髮) with, instead of the built-in one
    ///
    /// The trainer in jianfan's sources makes one from text of one sentence per line.
    #[arg(long, value_name = "FILE", conflicts_with = "config", hide_short_help = true)]
    pub model: Option<PathBuf>,
    /// OpenCC config instead of locales: a built-in name such as s2twp, or a JSON file
    ///
    /// A name that ends in .json is first looked for as a file, in the working directory and in
    /// the --path folders, as OpenCC does; a name without it means the built-in config.
    #[arg(short, long, value_name = "NAME|FILE", conflicts_with_all = ["from", "to"])]
    #[arg(value_parser = values::config(), hide_possible_values = true)]
    pub config: Option<String>,
    /// Your own phrase table, or a built-in house style; may be repeated, the last one wins
    ///
    /// A table of yours comes before all that jianfan has, and its values stand as they are
    /// written; with --to, its keys may be text of the input or of the output. A house style
    /// (`jianfan tables list`) speaks of the output alone; it leaves what a table of yours wrote.
    ///
    /// A table that begins with the header of concepts (concept, cn, tw, hk, sg, my, mo, when, note,
    /// with TABs between) has in each row what the places call one thing. It works with --to, in all
    /// directions; a row of it comes before the built-in ones for the same word.
    #[arg(long, value_name = "FILE|builtin:NAME", value_hint = ValueHint::FilePath)]
    #[arg(value_parser = values::table())]
    pub table: Vec<TableSource>,
    /// Use rare characters that many fonts can't show, too
    #[arg(long)]
    pub include_tofu_risk_dictionaries: bool,
    /// Folder with configs and the dictionaries that they name; may be repeated
    #[arg(long, value_name = "DIR")]
    pub path: Vec<PathBuf>,
    /// What converts
    #[arg(long, value_enum, default_value_t, hide_short_help = true)]
    pub engine: Engine,
}

/// Which regional words are replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum VocabularyArg {
    /// Those that are replaced in any sentence
    Safe,
    /// Those that depend on their surroundings, too
    #[default]
    Full,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Engine {
    /// jianfan
    #[default]
    Native,
    /// OpenCC itself, where it was built in; each text is held in memory until its end
    Opencc,
}

/// Which input, and how to read it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub struct InputArgs {
    /// Files to convert, and folders of files; "-" is standard input
    #[arg(value_name = "PATH", help_heading = None::<&str>)]
    pub paths: Vec<PathBuf>,
    /// File to convert, as OpenCC has it
    #[arg(short, long, value_name = "FILE", conflicts_with = "paths")]
    pub input: Option<PathBuf>,
    /// Encoding of the input, such as gb18030 or big5
    ///
    /// auto knows UTF-8 by its first line, other encodings by the first 64 KiB from the first
    /// character that is not ASCII; what an HTML, XML or CSS document declares is a hint.
    #[arg(long, value_name = "LABEL|auto", default_value = "auto")]
    #[arg(value_parser = values::input_encoding(), hide_possible_values = true)]
    pub encoding: InputEncoding,
    /// What to do about bytes that are no text in the encoding
    ///
    /// How many were replaced, and where the first was, is said on standard error. --write loses
    /// the bytes then, but leaves a file whose text does not change as it is.
    #[arg(long, value_enum, value_name = "HOW", default_value_t, hide_short_help = true)]
    pub malformed: Malformed,
    /// Say on standard error what was detected
    #[arg(short, long)]
    pub verbose: bool,
    #[command(flatten)]
    pub walk: WalkArgs,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Malformed {
    /// Stop and say where they are
    #[default]
    Error,
    /// Put U+FFFD in their place
    Replace,
}

/// Where the result goes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
#[command(group = ArgGroup::new("action").args(["write", "check", "diff", "output"]))]
pub struct OutputArgs {
    /// File to write, or folder for the results of several inputs
    #[arg(short, long, value_name = "FILE|DIR")]
    pub output: Option<PathBuf>,
    /// Write each result back to its file
    #[arg(short, long)]
    pub write: bool,
    /// Print the paths of the files that would change; exit status 1 if there are any
    #[arg(long)]
    pub check: bool,
    /// Print what would change, line by line
    ///
    /// The whole file is held in memory.
    #[arg(long)]
    pub diff: bool,
    /// Encoding of the output; keep is the input's, and the default with --write, --check and
    /// --diff
    ///
    /// utf-16 and utf-32 begin with a byte order mark; others have one only if the input has one in
    /// the same encoding. What is kept, and is ASCII until it is converted, becomes utf-8.
    #[arg(long, value_name = "LABEL|keep")]
    #[arg(value_parser = values::output_encoding(), hide_possible_values = true)]
    pub output_encoding: Option<OutputEncoding>,
    /// What to do about characters that the output encoding lacks
    ///
    /// After an error the files of --output and --write are as they were. On standard output there
    /// may be the beginning of a result of more than 1 MiB, or what had come through a pipe before
    /// it paused; of a file with a shorter result there is nothing.
    #[arg(long, value_enum, value_name = "HOW", default_value_t, hide_short_help = true)]
    pub unmappable: Unmappable,
    /// Leave the encoding that an HTML, XML or CSS document declares as it is
    ///
    /// It is changed where the document is written in another encoding than it was read in:
    /// <meta charset>, <?xml encoding="…"?>, @charset, in the first 1024 characters of a text that
    /// begins like such a document.
    #[arg(long, hide_short_help = true)]
    pub keep_declaration: bool,
    /// Allow --output to be the input file, as OpenCC has it
    #[arg(long, requires = "output", hide_short_help = true)]
    pub in_place: bool,
    /// Don't write out the result so far when the input pauses, as OpenCC has it
    #[arg(long, value_name = "BOOL", action = ArgAction::Set, default_value = "false")]
    #[arg(value_parser = BoolishValueParser::new(), hide_short_help = true)]
    pub noflush: bool,
    /// Convert the names of files and folders, too: with --write in place, else in the output folder
    ///
    /// Nothing is done if two would have one name. In place, folders that are named keep their own;
    /// the others are renamed when all files are converted, the deepest first.
    #[arg(long, conflicts_with_all = ["check", "diff"])]
    pub names: bool,
    /// Keep each file that is written over, with SUFFIX behind its name
    ///
    /// A file whose backup exists already is left as it is, with an error. Files with SUFFIX are no
    /// inputs.
    #[arg(long, value_name = "SUFFIX", value_parser = values::suffix)]
    #[arg(conflicts_with_all = ["check", "diff"])]
    pub backup: Option<String>,
    /// Say what would be written, and write nothing
    #[arg(long, conflicts_with_all = ["check", "diff", "resume"])]
    pub dry_run: bool,
    /// Go on where an earlier run of the same command was stopped
    ///
    /// Files that it wrote are left as they are, even if converting them again would change them.
    #[arg(long, conflicts_with_all = ["check", "diff"])]
    pub resume: bool,
    /// Where to note what is done, for --resume and `jianfan undo`
    ///
    /// A run over several files notes it in any case: in a file of its own in the folder jianfan of
    /// $XDG_STATE_HOME, or of ~/.local/state. It is removed at the end if there is nothing in it to
    /// go on with or to undo.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "diff"])]
    pub journal: Option<PathBuf>,
    /// How many files, or parts of a large one, to convert at a time; all cores by default
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    /// What to say at the end of what was done, by default if several files were written
    ///
    /// text is a few lines on standard error; json is an object on standard output, on one line
    /// behind everything else. Its fields are converted, unchanged, copied, skipped (number by
    /// reason), failed, renamed, bytes, encodings (number of files by encoding), stopped and
    /// journal.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub summary: Option<SummaryFormat>,
    /// When to colour --diff
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    pub color: Color,
    /// Say less: no paths with --check, no notes on skipped files or variation selectors
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Unmappable {
    /// Stop and say which they are and where: the first ten
    #[default]
    Error,
    /// Write a character reference such as &#x5187;, which HTML and XML understand but CSS doesn't
    Entity,
    /// Write 〓, or ? where the encoding lacks that too
    Geta,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SummaryFormat {
    /// For people, on standard error
    Text,
    /// For programs, on standard output
    Json,
    /// Nothing
    None,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The command with all its options and its help.
pub fn command() -> clap::Command {
    Cli::command().after_long_help(values::lists())
}

/// Whether `name` is that of a subcommand.
pub fn is_command(name: &str) -> bool {
    Cli::command().find_subcommand(name).is_some()
}

/// Reads the arguments of the process.
pub fn parse() -> Result<(Cli, Line), clap::Error> {
    let matches = command().try_get_matches()?;
    Ok((Cli::from_arg_matches(&matches)?, Line::new(matches)))
}
