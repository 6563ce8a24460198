//! What the runs over files share: a tree to convert, what has become of it, and the command.

pub mod between;
pub mod command;
pub mod snapshot;
pub mod specimen;
