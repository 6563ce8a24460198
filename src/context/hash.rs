/// The hash of a string of codes, made code by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hash(pub u64);

impl Hash {
    /// That of no codes.
    pub const START: Self = Self(0x243f_6a88_85a3_08d3);

    /// With one code more.
    #[inline(always)]
    pub fn then(self, code: u16) -> Self {
        let hash = (self.0 ^ u64::from(code)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(hash ^ hash >> 29)
    }

    /// That of all of `codes`.
    pub fn of(codes: &[u16]) -> Self {
        codes.iter().fold(Self::START, |hash, &code| hash.then(code))
    }
}
