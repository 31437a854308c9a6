#!/bin/sh
# Installs cargo-deny, which checks licences and sources, once into the cache folder, and prints the path of its program.
set -eu
. "$(dirname "$0")/say.sh"

version=0.20.2
# One that is already on this machine, in this version, will do.
found=$(command -v cargo-deny || true)
if [ -n "$found" ] && [ "$("$found" --version)" = "cargo-deny $version" ]; then
    printf '%s\n' "$found"
    exit 0
fi
root=$(cache_folder)/tools/cargo-deny-$version
if [ ! -x "$root/bin/cargo-deny" ]; then
    say "installing cargo-deny $version into $root (a few minutes, once)"
    # Unoptimised: it builds in half the time and checks this workspace in a moment. In a target folder of its own, outside ours.
    env -u CARGO_TARGET_DIR -u CARGO_BUILD_TARGET_DIR cargo install --quiet --debug --locked --root "$root" --version "$version" cargo-deny >&2 ||
        fail "cargo-deny could not be installed (cargo's message is above); check the network, then try again"
fi
printf '%s\n' "$root/bin/cargo-deny"
