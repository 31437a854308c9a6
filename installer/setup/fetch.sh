#!/bin/sh
# Fetches the sources of every dependency that Cargo.lock names, so that all that follows works with no network.
set -eu
. "$(dirname "$0")/say.sh"

# Asks the network only for what is not here yet.
cargo fetch --quiet --locked --offline 2>/dev/null || cargo fetch --locked ||
    fail "the sources of the dependencies could not be fetched (cargo's message is above); check the network, then try again"
