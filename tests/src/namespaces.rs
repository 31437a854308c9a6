//! Namespaces of a test's own, where it may mount and listen as it likes and nothing outlives it.

use std::process::Command;

/// Runs a test again in namespaces of its own (`unshare`'s options). In there, and only there, it says `true`.
///
/// # Panics
/// When that cannot be done, or the test in there fails.
#[must_use]
pub fn in_namespaces(options: &[&str], test: &str) -> bool {
    const INSIDE: &str = "TACIT_TEST_NAMESPACES";
    if std::env::var_os(INSIDE).is_some() {
        return true;
    }
    let mut again = Command::new("unshare");
    // Whoever is not root is root in there.
    if !rustix::process::geteuid().is_root() {
        again.arg("--map-root-user");
    }
    let program = std::env::current_exe().expect("the test's own path");
    again.args(options).arg(program).args(["--exact", test, "--nocapture", "--test-threads=1"]).env(INSIDE, "1");
    let output = again.output().expect("unshare, of the package util-linux");
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "`unshare {options:?}` or the test in it failed:\n{said}");
    assert!(said.contains("1 passed"), "{said}");
    println!("{said}");
    false
}
