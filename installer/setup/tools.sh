#!/bin/sh
# Checks the tools that are presumed: Rust, Python 3, git and make (which is running). Says in one sentence which one is missing.
set -eu
. "$(dirname "$0")/say.sh"

need=1.95
toolchain='rustup toolchain install 1.95.0 --component clippy,rustfmt'

command -v python3 >/dev/null || fail "Python 3 is missing; install it with: sudo apt-get install python3"
command -v git >/dev/null || fail "git is missing; install it with: sudo apt-get install git"
{ command -v cargo && command -v rustc; } >/dev/null ||
    fail "Rust $need or newer is missing; install rustup as rust-lang.org describes, then: $toolchain"
version=$(rustc --version 2>/dev/null | sed -n 's/^rustc \([0-9.]*\).*/\1/p')
[ -n "$version" ] || fail "Rust is installed but does not start here; install the toolchain with: $toolchain"
oldest=$(printf '%s\n%s\n' "$need" "$version" | sort -V | head -n 1)
[ "$oldest" = "$need" ] || fail "Rust $version is too old, $need is needed; install it with: $toolchain"

if [ "${1:-}" = check ]; then
    cargo clippy --version >/dev/null 2>&1 || fail "clippy is missing; install it with: rustup component add clippy"
    cargo fmt --version >/dev/null 2>&1 || fail "rustfmt is missing; install it with: rustup component add rustfmt"
fi
