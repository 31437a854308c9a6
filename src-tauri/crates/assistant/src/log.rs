//! The log: ids, sizes and durations, in `TACIT_HOME/logs`, a file a day, a week of them.

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

use crate::home::Home;

const KEPT: usize = 7;

/// Begins to log. A home that cannot be written is told by the vault; a program without a log still works.
pub fn log_to_file(home: &Home) {
    let Ok(folder) = home.logs() else { return };
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("tacit")
        .filename_suffix("log")
        .max_log_files(KEPT)
        .build(folder);
    let Ok(appender) = appender else { return };
    tracing_subscriber::fmt()
        .with_writer(std::sync::Mutex::new(appender))
        .with_ansi(false)
        .with_env_filter(filter(std::env::var("TACIT_LOG").ok().as_deref()))
        .init();
}

/// Our own crates and the engine, no library: what they log is not ours to vouch for.
fn filter(level: Option<&str>) -> EnvFilter {
    let level = level.filter(|level| ["error", "warn", "info", "debug"].contains(level)).unwrap_or("info");
    let ours = ["tacit", "tacit_desktop", "assistant", "engine", "models", "tacit_engine", "vault"];
    let directives: Vec<String> = ours.iter().map(|name| format!("{name}={level}")).collect();
    EnvFilter::new(directives.join(","))
}
