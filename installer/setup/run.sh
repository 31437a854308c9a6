#!/bin/bash
# What `make run` does at the end: with a display the window, with a terminal a chat, with neither a single question.
set -euo pipefail
. "$(dirname "$0")/say.sh"

tacit=target/release/tacit

# Whether a window can be opened: a variable may be left over from a session that is gone.
display() {
    [[ -n ${WAYLAND_DISPLAY:-} && -S ${XDG_RUNTIME_DIR:-}/${WAYLAND_DISPLAY##*/} ]] || [[ ${WAYLAND_DISPLAY:-} = /* && -S $WAYLAND_DISPLAY ]] && return
    case ${DISPLAY:-} in
        :*) local number=${DISPLAY#:} && [[ -S /tmp/.X11-unix/X${number%%.*} ]] ;;
        # A screen on another machine, or through ssh: only a try tells.
        ?*) true ;;
        *) false ;;
    esac
}

if display; then
    exec target/release/tacit-desktop
fi

if [[ -t 0 && -t 1 ]]; then
    # Job control, so that Ctrl-C reaches the chat (where it stops the answer) and not make.
    set -m
    "$tacit" chat
    exit
fi

# Nobody can be asked for a passphrase here, and a vault is never made without a key: so this one gets a random passphrase and is
# removed with it.
say "no terminal: asking one question in a throw-away vault"
umask 077
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
head -c 32 /dev/urandom | base64 >"$folder/passphrase"
TACIT_HOME=$folder/home "$tacit" ask --passphrase-file "$folder/passphrase" 'What is the capital of France? Answer in one sentence.' </dev/null
