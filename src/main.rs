//! The `jianfan` command.

fn main() {}
