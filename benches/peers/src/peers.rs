use std::borrow::Cow;
use std::fmt;

use anyhow::{Result, anyhow};
use clap::ValueEnum;
use ferrous_opencc::config::BuiltinConfig;
use jianfan::conversion::TofuRisk;
use opencc_fmmseg::{OpenCC as Fmmseg, OpenccConfig};
use zhconv::Variant;

/// The configs that are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Config {
    S2t,
    S2tw,
    S2twp,
    S2hk,
    T2s,
    Tw2s,
    Tw2sp,
}

impl fmt::Display for Config {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl Config {
    pub const ALL: [Self; 7] =
        [Self::S2t, Self::S2tw, Self::S2twp, Self::S2hk, Self::T2s, Self::Tw2s, Self::Tw2sp];

    pub fn name(self) -> &'static str {
        match self {
            Self::S2t => "s2t",
            Self::S2tw => "s2tw",
            Self::S2twp => "s2twp",
            Self::S2hk => "s2hk",
            Self::T2s => "t2s",
            Self::Tw2s => "tw2s",
            Self::Tw2sp => "tw2sp",
        }
    }

    fn ferrous(self) -> BuiltinConfig {
        match self {
            Self::S2t => BuiltinConfig::S2t,
            Self::S2tw => BuiltinConfig::S2tw,
            Self::S2twp => BuiltinConfig::S2twp,
            Self::S2hk => BuiltinConfig::S2hk,
            Self::T2s => BuiltinConfig::T2s,
            Self::Tw2s => BuiltinConfig::Tw2s,
            Self::Tw2sp => BuiltinConfig::Tw2sp,
        }
    }

    fn fmmseg(self) -> OpenccConfig {
        match self {
            Self::S2t => OpenccConfig::S2t,
            Self::S2tw => OpenccConfig::S2tw,
            Self::S2twp => OpenccConfig::S2twp,
            Self::S2hk => OpenccConfig::S2hk,
            Self::T2s => OpenccConfig::T2s,
            Self::Tw2s => OpenccConfig::Tw2s,
            Self::Tw2sp => OpenccConfig::Tw2sp,
        }
    }

    /// The target that is nearest: zhconv always converts words, and from anywhere.
    fn zhconv(self) -> Variant {
        match self {
            Self::S2t => Variant::ZhHant,
            Self::S2tw | Self::S2twp => Variant::ZhTW,
            Self::S2hk => Variant::ZhHK,
            Self::T2s | Self::Tw2s => Variant::ZhHans,
            Self::Tw2sp => Variant::ZhCN,
        }
    }
}

/// A converter with a name.
pub struct Peer {
    pub name: &'static str,
    convert: Convert,
}

type Convert = Box<dyn for<'a> Fn(&'a str) -> Result<Cow<'a, str>>>;

impl Peer {
    /// Which of the peers is OpenCC; jianfan is the first.
    pub const OPENCC: usize = 1;

    /// All of them, open and ready.
    pub fn open_all(config: Config, opencc_only: bool) -> Result<Vec<Self>> {
        let mut peers = vec![Self::jianfan(config)?, Self::opencc(config.name())?];
        if !opencc_only {
            peers.extend([Self::fmmseg(config), Self::ferrous(config)?, Self::zhconv(config)]);
        }
        Ok(peers)
    }

    pub fn convert<'a>(&self, text: &'a str) -> Result<Cow<'a, str>> {
        (self.convert)(text)
    }

    /// jianfan with the dictionaries marked as a tofu risk, which OpenCC's library always uses.
    fn jianfan(config: Config) -> Result<Self> {
        let builder = jianfan::Converter::builder().config(config.name())?;
        let converter = builder.tofu_risk(TofuRisk::Include).build()?;
        Ok(Self { name: "jianfan", convert: Box::new(move |text| Ok(converter.convert(text))) })
    }

    /// OpenCC with the config and the dictionaries that it was installed with.
    pub fn opencc(config: &str) -> Result<Self> {
        let fail = |error| anyhow!("OpenCC: {error}");
        let converter = opencc_rust::OpenCC::new(format!("{config}.json")).map_err(fail)?;
        Ok(Self::new("OpenCC", move |text| converter.convert(text).map_err(fail)))
    }

    fn fmmseg(config: Config) -> Self {
        let mut converter = Fmmseg::new();
        converter.set_parallel(false);
        let config = config.fmmseg();
        Self::new("opencc-fmmseg", move |text| {
            Ok(converter.convert_with_config(text, config, false))
        })
    }

    fn ferrous(config: Config) -> Result<Self> {
        let converter = ferrous_opencc::OpenCC::from_config(config.ferrous())?;
        Ok(Self::new("ferrous-opencc", move |text| Ok(converter.convert(text))))
    }

    fn zhconv(config: Config) -> Self {
        let converter = zhconv::get_builtin_converter(config.zhconv());
        Self::new("zhconv", |text| Ok(converter.convert(text)))
    }

    /// A converter that always makes a new text.
    fn new(name: &'static str, convert: impl Fn(&str) -> Result<String> + 'static) -> Self {
        Self { name, convert: Box::new(move |text| convert(text).map(Cow::Owned)) }
    }
}
