#!/bin/bash
# Runs a command in a session of its own: session.sh COMMAND [ARGUMENT]...
#
# Its screen, its bus, its keyring, its home: none of the person's. SESSION_FOLDER is a folder for it, which goes when it ends; the models are
# those that set-up fetched. What the command prints is shown, and the end of its errors where it fails.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../../installer/setup/say.sh"

if [[ ${1:-} == --inside ]]; then
    shift
    printf 'password of the session' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
    exec "$@"
fi

[[ $# -gt 0 ]] || fail 'session.sh: say which command'
folder=$(mktemp --directory "${TMPDIR:-/tmp}/tacit-session-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -m 700 "$folder/runtime"
env --ignore-environment PATH="$PATH" LANG=C.UTF-8 HOME="$folder" XDG_RUNTIME_DIR="$folder/runtime" WEBKIT_DISABLE_DMABUF_RENDERER=1 \
    GSETTINGS_BACKEND=memory TACIT_MODELS="$(dirname "$("$here/../../installer/setup/starter-model.sh" --path)")" SESSION_FOLDER="$folder" \
    ${CARGO_TARGET_DIR:+CARGO_TARGET_DIR="$CARGO_TARGET_DIR"} \
    xvfb-run --auto-servernum --server-args='-screen 0 1280x900x24' dbus-run-session -- "$here/session.sh" --inside "$@" 2>"$folder/log" ||
    { tail -n 20 "$folder/log" >&2 && fail 'the measurement failed'; }
