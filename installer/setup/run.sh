#!/bin/bash
# What `make run` does at the end: with a terminal a chat, without one a single question.
set -euo pipefail
. "$(dirname "$0")/say.sh"

tacit=target/release/tacit

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
