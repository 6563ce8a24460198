/// Bytes that are no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The first bytes are not those of a model of this version.
    #[error("this is no context model of this version of jianfan; train it again with its trainer")]
    Magic,
    /// A part is missing, or longer than the rest of the file.
    #[error("the context model is cut off or damaged; copy it again or train it again")]
    Damaged,
}
