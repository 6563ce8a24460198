use std::fmt;
use std::sync::Arc;

use super::builtin::{self, Builtin};
use super::config::{Config, TofuRisk};
use super::fast::Image;
use super::lookup::Lookup;
use super::reading::Reading;
use super::user::UserTable;
use crate::dictionary::{DictionaryError, DictionaryGroup, Table, compile};

/// The steps of a conversion, in the order in which text flows through them.
#[derive(Debug, Clone, Default)]
pub(super) struct Pipeline {
    pub steps: Vec<Step>,
    /// The first steps in one, if they can be composed.
    pub composed: Option<ComposedSteps>,
}

/// Some steps in one.
#[derive(Debug, Clone)]
pub(super) struct ComposedSteps {
    pub image: Image,
    /// How many steps it stands for.
    pub count: usize,
}

/// One step, with the name under which a trace speaks of it.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub stage: Stage,
    pub work: Work,
}

impl Step {
    /// Whether words may be looked up in the step for the first time.
    fn is_first(&self) -> bool {
        matches!(self.stage.kind, StageKind::Segmentation | StageKind::Conversion(_))
    }
}

/// What a step does to the text that flows through it.
#[derive(Debug, Clone)]
pub(super) enum Work {
    /// Replaces each longest key by its value.
    Rewrite(Rewrite),
    /// Cuts the text into segments: each longest key is one, and so is each run between them.
    Segment(Lookup),
    /// Makes one text of the segments again, for the config that follows.
    Join,
    /// Reads the text and writes it as a place does.
    Read(Arc<Reading>),
}

/// A step that replaces keys.
#[derive(Debug, Clone)]
pub(super) struct Rewrite {
    pub lookup: Lookup,
    /// What finds the places where keys may stand, if these are the user's alone.
    quiet: Option<Box<Image>>,
}

impl Rewrite {
    /// How much of `text` stays as it is, as far as that can be told without looking up each key.
    pub fn skip(&self, text: &str, complete: bool) -> usize {
        let quiet = self.quiet.as_ref().filter(|_| text.len() >= WORTH_SKIPPING);
        quiet.map_or(0, |image| image.scanner().skim(text, complete))
    }
}

/// In shorter texts looking up each key is as fast.
const WORTH_SKIPPING: usize = 256;

impl Work {
    /// What words are looked up in.
    fn lookup(&self) -> Option<&Lookup> {
        match self {
            Self::Rewrite(Rewrite { lookup, .. }) | Self::Segment(lookup) => Some(lookup),
            Self::Join | Self::Read(_) => None,
        }
    }

    fn lookup_mut(&mut self) -> Option<&mut Lookup> {
        match self {
            Self::Rewrite(Rewrite { lookup, .. }) | Self::Segment(lookup) => Some(lookup),
            Self::Join | Self::Read(_) => None,
        }
    }
}

/// A stage of a conversion: which config's, and which of its stages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stage {
    /// The config's name, such as `s2twp`; `zh-CN>zh-TW` or `auto>zh-TW` for a way between
    /// locales; `user` for a table of the user's that no config is behind.
    pub config: Arc<str>,
    /// Which of its stages.
    pub kind: StageKind,
}

/// Which stage of a config.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StageKind {
    /// The normalization stage of that number, counted from one.
    Normalization(usize),
    /// The segmentation. It changes nothing unless a user's table does.
    Segmentation,
    /// The stage of the conversion chain of that number, counted from one.
    Conversion(usize),
    /// The reading of a text for a place: its words, and its characters in their context.
    Reading,
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.config, self.kind)
    }
}

impl fmt::Display for StageKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Normalization(number) => write!(formatter, "normalization {number}"),
            Self::Segmentation => write!(formatter, "segmentation"),
            Self::Conversion(number) => write!(formatter, "stage {number}"),
            Self::Reading => write!(formatter, "reading"),
        }
    }
}

impl Pipeline {
    /// The pipeline of a built-in config: nothing is parsed or copied.
    pub fn builtin(config: &Builtin, tofu_risk: TofuRisk) -> Self {
        let shape = config.shape(tofu_risk);
        let tables = |numbers: &[usize]| numbers.iter().copied().map(builtin::table).collect();
        let steps = Self::assemble(
            config.name,
            tables(shape.normalization),
            shape.segmentation.map(builtin::table),
            tables(shape.chain),
        );
        let image = shape.image().zip(steps.first_table());
        let image = image.map(|(bytes, table)| Image::builtin(bytes, table.clone()));
        steps.composed(image)
    }

    /// The pipeline of a config that was read from JSON; `name` is what traces call it.
    pub fn compile(name: &str, config: &Config) -> Result<Self, DictionaryError> {
        let table = |group: &DictionaryGroup| compile(group).map(Table::from);
        let tables =
            |groups: &[DictionaryGroup]| groups.iter().map(table).collect::<Result<Vec<_>, _>>();
        let steps = Self::assemble(
            name,
            tables(&config.normalization)?,
            config.segmentation.as_ref().map(table).transpose()?,
            tables(&config.conversion_chain)?,
        );
        let image = steps.first_table().map(|table| Image::compose(config, table)).transpose()?;
        Ok(steps.composed(image.flatten()))
    }

    fn assemble(
        config: &str,
        normalization: Vec<Table>,
        segmentation: Option<Table>,
        chain: Vec<Table>,
    ) -> Self {
        let config: Arc<str> = config.into();
        let step = |kind, work| Step { stage: Stage { config: Arc::clone(&config), kind }, work };
        let rewrite = |table| Work::Rewrite(Rewrite { lookup: Lookup::new(table), quiet: None });
        let mut steps = Vec::new();
        for (number, table) in (1..).zip(normalization) {
            steps.push(step(StageKind::Normalization(number), rewrite(table)));
        }
        if let Some(table) = segmentation {
            steps.push(step(StageKind::Segmentation, Work::Segment(Lookup::new(table))));
        }
        for (number, table) in (1..).zip(chain) {
            steps.push(step(StageKind::Conversion(number), rewrite(table)));
        }
        Self { steps, composed: None }
    }

    /// The pipeline with `image`, which stands for all of its steps.
    fn composed(self, image: Option<Image>) -> Self {
        let count = self.steps.len();
        Self { composed: image.map(|image| ComposedSteps { image, count }), ..self }
    }

    /// The pipeline of one step, which reads text. `name` is what traces call it.
    pub fn reading(name: &str, reading: Reading) -> Self {
        let stage = Stage { config: name.into(), kind: StageKind::Reading };
        Self { steps: vec![Step { stage, work: Work::Read(Arc::new(reading)) }], composed: None }
    }

    /// Lets the text flow on through `next`, another config's pipeline.
    pub fn append(&mut self, next: Self) {
        if let Some(last) = self.steps.last() {
            let stage = last.stage.clone();
            self.steps.push(Step { stage, work: Work::Join });
        } else {
            self.composed = next.composed;
        }
        self.steps.extend(next.steps);
    }

    /// The stages that the text passes through before words are first looked up in it.
    pub fn normalization(&self) -> Self {
        let is_normalization =
            |step: &&Step| matches!(step.stage.kind, StageKind::Normalization(_));
        let steps = self.steps.iter().take_while(is_normalization).cloned().collect();
        Self { steps, composed: None }
    }

    /// Whether text is read, rather than put through a config.
    pub fn reads(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.work, Work::Read(_)))
    }

    /// Puts the user's table before the first table that words are looked up in: segmentation's,
    /// or else that of the first conversion stage; or before the step that reads.
    pub fn set_user_table(&mut self, user: UserTable) {
        if self.reads() {
            return self.steps.insert(0, user_step(1, user));
        }
        let first = self.steps.iter_mut().find(|step| step.is_first());
        let Some(lookup) = first.and_then(|step| step.work.lookup_mut()) else {
            return self.steps.push(user_step(1, user));
        };
        lookup.set_user(user.table.clone());
        self.composed = self.composed.take().and_then(|ComposedSteps { image, count }| {
            Some(ComposedSteps { image: image.with_user(&user)?, count })
        });
    }

    /// The first table that words are looked up in.
    fn first_table(&self) -> Option<&Table> {
        let first = self.steps.iter().find(|step| step.is_first())?;
        first.work.lookup().map(Lookup::table)
    }

    /// Puts a table of the user's behind everything else.
    pub fn set_output_table(&mut self, user: UserTable) {
        let step = user_step(2, user);
        self.append(Self { steps: vec![step], composed: None });
    }
}

/// The step of a pipeline that does nothing but apply a user's table.
fn user_step(number: usize, user: UserTable) -> Step {
    let stage = Stage { config: "user".into(), kind: StageKind::Conversion(number) };
    let quiet = Image::of_user(&user).map(Box::new);
    Step { stage, work: Work::Rewrite(Rewrite { lookup: Lookup::settling(user.table), quiet }) }
}
