#!/bin/sh
# Draws the PNG icons from src-tauri/icons/icon.svg. Needs rsvg-convert (Debian's librsvg2-bin); only when the drawing has changed, for
# the PNGs are kept beside it.
set -eu
. "$(dirname "$0")/../setup/say.sh"
cd "$(dirname "$0")/../../src-tauri/icons"

command -v rsvg-convert >/dev/null || fail "rsvg-convert is missing; install it with: sudo apt-get install librsvg2-bin"
for size in 32 64 128 256 512; do
    rsvg-convert --width "$size" --height "$size" icon.svg --output "$size.png"
done
# The window's own.
cp 256.png icon.png
