//! The ways of running over files.

/// A way of running over files.
#[derive(Clone, Copy)]
pub struct Variant {
    pub arguments: &'static str,
    /// Whether the old contents can be brought back.
    pub backup: bool,
    /// Whether files get other names in place.
    pub names: bool,
    /// Whether the results go to a folder, and whether there are older ones in it.
    pub output: Option<Older>,
}

/// What there is in the output folder.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Older {
    Nothing,
    Results,
}

const IN_PLACE: Variant = Variant { arguments: "-w", backup: false, names: false, output: None };
const TO_FOLDER: Variant =
    Variant { arguments: "-o ../out", output: Some(Older::Nothing), ..IN_PLACE };

/// All of them.
pub const VARIANTS: [Variant; 8] = [
    IN_PLACE,
    Variant { arguments: "-w --backup .bak", backup: true, ..IN_PLACE },
    Variant { arguments: "-w --names", names: true, ..IN_PLACE },
    Variant { arguments: "-w --names --backup .bak", backup: true, names: true, ..IN_PLACE },
    TO_FOLDER,
    Variant { arguments: "-o ../out --names", ..TO_FOLDER },
    Variant { output: Some(Older::Results), ..TO_FOLDER },
    Variant {
        arguments: "-o ../out --backup .bak",
        backup: true,
        output: Some(Older::Results),
        ..TO_FOLDER
    },
];

/// What to convert by: a config, and the same with a table that changes its own results.
pub const CONVERSIONS: [&str; 2] = ["-c s2t", "-c s2t --table ../../numbers.tsv"];

/// By what older results were converted: results of the same sizes.
pub const OLDER: &str = "-c t2s -o ../out";

/// The table.
pub const NUMBERS: &str = "一\t二\n二\t三\n";
