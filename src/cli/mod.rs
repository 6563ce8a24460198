//! The `jianfan` command: arguments become settings, settings a plan, the plan runs.
