#!/bin/sh
# Fetches the sources of every dependency that Cargo.lock and ui/package-lock.json name, so that all that follows works with no network.
set -eu
. "$(dirname "$0")/say.sh"

# Asks the network only for what is not here yet.
cargo fetch --quiet --locked --offline 2>/dev/null || cargo fetch --locked ||
    fail "the sources of the dependencies could not be fetched (cargo's message is above); check the network, then try again"

page=$(dirname "$0")/../../ui

# Whether the last complete run of npm left here what the lock file asks for. npm writes the inner file last.
page_complete() {
    [ -f "$page/node_modules/.package-lock.json" ] && node - "$page" <<'JAVASCRIPT'
const { readFileSync } = require("node:fs");
const read = (name) => JSON.parse(readFileSync(`${process.argv[2]}/${name}`, "utf8")).packages;
const here = read("node_modules/.package-lock.json");
const wanted = Object.entries(read("package-lock.json")).filter(([path]) => path !== "");
const same = ([path, { version, integrity, optional }]) =>
  here[path] ? here[path].version === version && here[path].integrity === integrity : optional === true;
const names = new Set(wanted.map(([path]) => path));
process.exit(wanted.every(same) && Object.keys(here).every((path) => names.has(path)) ? 0 : 1);
JAVASCRIPT
}

# npm ci begins by removing what is there, so it runs only when it must.
if ! page_complete; then
    say "fetching the page's dependencies"
    # No script of a dependency runs: none of them needs one.
    npm --prefix "$page" ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >&2 ||
        fail "the page's dependencies could not be fetched (npm's message is above); check the network, then try again"
fi
