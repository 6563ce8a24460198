//! The ways between places that are tested, and run over long texts by `cargo xtask locales`.

use jianfan::Locale::{self, *};

/// From a place, or from anywhere, to another.
pub type Way = (Option<Locale>, Locale);

/// The ways that differ in what they look at.
pub const WAYS: [Way; 16] = [
    (Some(ZhCn), ZhTw),
    (Some(ZhTw), ZhTw),
    (Some(ZhHk), ZhTw),
    (Some(ZhHant), ZhTw),
    (Some(ZhCn), ZhHk),
    (Some(ZhTw), ZhHk),
    (Some(ZhHk), ZhHk),
    (Some(ZhCn), ZhCn),
    (Some(ZhTw), ZhCn),
    (Some(ZhHk), ZhCn),
    (Some(ZhHans), ZhHant),
    (Some(ZhTw), ZhHant),
    (None, ZhTw),
    (None, ZhHk),
    (None, ZhCn),
    (None, ZhHant),
];

/// The way's name, such as `zh-CN>zh-TW` or `auto>zh-HK`.
pub fn name((from, to): Way) -> String {
    format!("{}>{to}", from.map_or("auto", Locale::tag))
}
