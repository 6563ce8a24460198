//! What several test files share.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod generate;
pub mod locales;
pub mod reference;
pub mod regions;
pub mod sentences;
pub mod stream;
pub mod ways;
