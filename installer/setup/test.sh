#!/bin/bash
# What `make test` does: everything that says whether this tree is good, then the sum of it.
#
# Ends with `N passed, N failed, N skipped` (the sum of the test runners' own lines) and, last, one line with the verdict.
set -uo pipefail
. "$(dirname "$0")/say.sh"
cd "$(dirname "$0")/../.." || exit

started=$SECONDS
# What was printed stays: `make ledger` reads it.
mkdir -p target
log=target/test.log
: >"$log"
# What a test cannot show on this machine it writes there, for the runner hides what a test prints that passes.
not_run=$PWD/target/not-run.log
: >"$not_run"

# One test at a time: two engines that compute at once starve each other of cores.
# The tests bring their own session bus and keyring, and start from the model that the set-up fetched, not from one of the person's.
starter=$(installer/setup/starter-model.sh --path)
plain=(env -u DBUS_SESSION_BUS_ADDRESS -u DISPLAY -u WAYLAND_DISPLAY -u TACIT_HOME "TACIT_MODELS=$starter" "TACIT_NOT_RUN=$not_run")

failed=
step() {
    local name=$1 began=$SECONDS
    shift
    say "$name"
    if "$@" 2>&1 | tee -a "$log"; then
        say "$name: done in $((SECONDS - began)) s"
    else
        failed=$name
        return 1
    fi
}

step 'set-up' make setup-test &&
    step 'checks and unit tests' make check &&
    step 'build' make build &&
    step 'whole-program tests' "${plain[@]}" cargo test --release --locked --offline --workspace --test "*" --no-fail-fast -- --test-threads=1 &&
    step 'ledger' make ledger

awk '
    /^test result: / {
        for (i = 1; i < NF; i++) {
            if ($(i + 1) == "passed;") passed += $i
            if ($(i + 1) == "failed;") failed += $i
            if ($(i + 1) == "ignored;") skipped += $i
        }
    }
    # vitest: `Tests  1 failed | 12 passed | 1 skipped (14)`, coloured on some machines.
    { gsub(/\033\[[0-9;]*m/, "") }
    $1 == "Tests" && /\([0-9]+\)$/ {
        for (i = 2; i < NF; i++) {
            if ($(i + 1) == "passed") passed += $i
            if ($(i + 1) == "failed") failed += $i
            if ($(i + 1) == "skipped" || $(i + 1) == "todo") skipped += $i
        }
    }
    # unittest: `Ran 26 tests in 3.2s`, then `OK`, `OK (skipped=1)` or `FAILED (failures=1, errors=2)`.
    /^Ran [0-9]+ tests? in / { passed += $2 }
    /^(OK|FAILED) \(/ {
        for (i = 1; i <= NF; i++) {
            number = $i
            gsub(/[^0-9]/, "", number)
            if ($i ~ /skipped=/) skipped += number
            else failed += number
            passed -= number
        }
    }
    END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }
' "$log"
sort -u "$not_run"
if [[ -n $failed ]]; then
    echo "make test: FAILED in: $failed ($((SECONDS - started)) s)"
    exit 1
fi
echo "make test: all good ($((SECONDS - started)) s)"
