#!/bin/sh
# Writes the model of 1 B with random weights that `make bench` measures with, once, into the cache folder, and prints its path.
set -eu
here=$(dirname "$0")
. "$here/say.sh"

starter=$("$here/starter-model.sh" --path)
# Not where models are looked for: nobody should be answered by it.
folder=$(cache_folder)/bench
model=$folder/random-1b.gguf
if [ ! -f "$model" ]; then
    mkdir -p "$folder" || fail "the folder $folder cannot be made; make it writable, or set XDG_CACHE_HOME"
    say "writing a model of 1 B with random weights (800 MB, once)"
    python3 "$here/../../models/random_weights.py" "$starter" "$model.new" ||
        fail "the model with random weights could not be written; is the disk that holds $folder full?"
    mv -f "$model.new" "$model"
fi
printf '%s\n' "$model"
