//! The engine against OpenCC itself, in-process: the same bytes in every config.

#![cfg(feature = "opencc")]

mod support;

use jianfan::conversion::TofuRisk;
use jianfan::opencc::OpenCc;
use jianfan::{Converter, Locale};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use support::generate::{parse_builtin, text_of_keys};

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..Default::default() })
}

/// Texts of the config's keys. OpenCC takes no NUL.
fn texts(name: &str) -> impl Strategy<Value = String> + use<> {
    let texts = text_of_keys(&parse_builtin(name, TofuRisk::Include));
    texts.prop_map(|text| text.replace('\0', ""))
}

fn check(name: &str, tofu_risk: TofuRisk) {
    let builder = Converter::builder().config(name).expect("a built-in config");
    let converter = builder.tofu_risk(tofu_risk).build().expect("no tables of the user's");
    let opencc = OpenCc::config(name, tofu_risk).expect("a built-in config");
    let texts = texts(name);
    let result = runner(500).run(&texts, |text| {
        let expected = opencc.convert(&text).expect("valid UTF-8 converts");
        prop_assert_eq!(converter.convert(&text), expected);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{name} ({tofu_risk:?}): {error}"));
}

#[test]
fn every_config_gives_opencc_s_bytes() {
    for (name, _) in Converter::configs() {
        check(name, TofuRisk::Exclude);
        check(name, TofuRisk::Include);
    }
}

#[test]
fn japanese_goes_through_the_same_configs() {
    let texts = texts("tw2sp");
    let pairs = Locale::all().flat_map(|other| [(other, Locale::Ja), (Locale::Ja, other)]);
    for (from, to) in pairs {
        let converter = Converter::between(from, to);
        let opencc = OpenCc::between(from, to, TofuRisk::Exclude).expect("built-in configs");
        let result = runner(20).run(&texts, |text| {
            let expected = opencc.convert(&text).expect("valid UTF-8 converts");
            prop_assert_eq!(converter.convert(&text), expected);
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{from} to {to}: {error}"));
    }
}
