#!/bin/sh
# Checks the tools that are presumed: Rust, Node, Python 3, git and make (which is running). Says in one sentence which one is missing.
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

node_need=20.19
{ command -v node && command -v npm; } >/dev/null ||
    fail "Node $node_need or newer with npm is missing (Debian 12's is older); install it as nodejs.org describes"
node_version=$(node --version 2>/dev/null | sed -n 's/^v\([0-9.]*\).*/\1/p')
[ -n "$node_version" ] || fail "Node is installed but does not start here; install it as nodejs.org describes"
oldest=$(printf '%s\n%s\n' "$node_need" "$node_version" | sort -V | head -n 1)
[ "$oldest" = "$node_need" ] || fail "Node $node_version is too old, $node_need is needed; install it as nodejs.org describes"

if [ "${1:-}" = check ]; then
    cargo clippy --version >/dev/null 2>&1 || fail "clippy is missing; install it with: rustup component add clippy"
    cargo fmt --version >/dev/null 2>&1 || fail "rustfmt is missing; install it with: rustup component add rustfmt"
fi
