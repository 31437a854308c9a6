#!/bin/bash
# How soon the window takes typing, as ratios: launch.sh [PAIRS]. Needs what `make build` and `cargo build --examples` made.
#
# Measured is the time from exec to a text box in the accessibility tree that has the focus: of tacit-desktop, and of a bare Tauri window
# of the same build (src-tauri/examples/bare_window). Both sides of a pair run one after the other on the same machine, in turns which is
# first, so that its speed and its neighbours cancel out. Nothing else should run meanwhile.
set -euo pipefail
cd "$(dirname "$0")/../.."
. installer/setup/say.sh

pairs=${1:-9}
built=${CARGO_TARGET_DIR:-$PWD/target}/release
for program in tacit-desktop examples/bare_window examples/fill; do
    [[ -x $built/$program ]] || fail "$built/$program is missing; run: make bench-launch"
done

if [[ ${2:-} != --inside ]]; then
    folder=$(mktemp --directory "${TMPDIR:-/tmp}/tacit-launch-XXXXXX")
    trap 'rm -rf "$folder"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    mkdir -m 700 "$folder/runtime"
    # A session of its own: its screen, its bus, its keyring, its home; none of the person's.
    env --ignore-environment PATH="$PATH" LANG=C.UTF-8 HOME="$folder" XDG_RUNTIME_DIR="$folder/runtime" WEBKIT_DISABLE_DMABUF_RENDERER=1 \
        TACIT_MODELS="$(installer/setup/starter-model.sh --path)" LAUNCH_FOLDER="$folder" CARGO_TARGET_DIR="${built%/release}" \
        xvfb-run --auto-servernum --server-args='-screen 0 1280x900x24' dbus-run-session -- "$0" "$pairs" --inside 2>"$folder/log" ||
        { tail -n 20 "$folder/log" >&2 && fail 'the launch could not be measured'; }
    exit
fi

printf 'password of the session' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
for chats in 0 1000; do
    "$built/examples/fill" "$LAUNCH_FOLDER/chats-$chats" "$chats"
done
/usr/bin/python3 tests/bench/launch.py "$pairs" "$built" "$LAUNCH_FOLDER"
