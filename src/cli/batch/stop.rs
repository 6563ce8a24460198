//! Signals that ask to stop.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use anyhow::{Result, bail};
use signal_hook::consts::TERM_SIGNALS;
use signal_hook::flag;

/// Whether the user, or the system, has asked to stop.
#[derive(Debug, Default)]
pub struct Stop {
    signal: Arc<AtomicUsize>,
}

/// The work was stopped by a signal.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
pub struct Stopped;

impl Stop {
    /// From now on, the first Ctrl-C, or another signal of its kind, only asks; the second one ends
    /// the process at once.
    pub fn on_signals() -> io::Result<Self> {
        let (stop, asked) = (Self::default(), Arc::new(AtomicBool::new(false)));
        for &signal in TERM_SIGNALS {
            flag::register_conditional_default(signal, Arc::clone(&asked))?;
            flag::register(signal, Arc::clone(&asked))?;
            flag::register_usize(signal, Arc::clone(&stop.signal), signal.unsigned_abs() as usize)?;
        }
        Ok(stop)
    }

    /// The number of the signal that has asked to stop.
    pub fn signal(&self) -> Option<u8> {
        u8::try_from(self.signal.load(Ordering::Relaxed)).ok().filter(|signal| *signal != 0)
    }

    /// An error if it is time to stop.
    pub fn check(&self) -> Result<()> {
        if self.signal().is_some() {
            bail!(Stopped);
        }
        Ok(())
    }
}
