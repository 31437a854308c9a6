#!/bin/bash
# How fast and how completely the search over documents finds: passages.sh speed|million|recall [FOLDER]. Needs what `make build` and
# `cargo build --release --workspace --examples` made. FOLDER (default: target/bench) keeps the vaults and the vectors for the next run; nothing
# else should run meanwhile.
#
#   speed    100,000 made-up passages: opening, searching, removing, and a search with its question's embedding (the 95th percentile, of 200)
#   million  1,000,000 of them, without the embedding
#   recall   24,000 real vectors of Debian's documentation: recall@10 of the search by meaning against an exact one
set -euo pipefail
cd "$(dirname "$0")/../.."
. installer/setup/say.sh

built=${CARGO_TARGET_DIR:-$PWD/target}/release
folder=${2:-$PWD/target/bench}
for program in tacit-engine examples/bench_passages examples/recall_passages examples/retrieve examples/embed; do
    [[ -x $built/$program ]] || fail "$built/$program is missing; run: cargo build --release --workspace --examples"
done
mkdir -p "$folder"
model=$(installer/setup/embedding-models.sh --path | head -n 1)

# An example that starts the engine stands beside it, as the programs do.
beside_the_engine() {
    mkdir -p "$folder/programs"
    cp -aL "$built"/tacit-engine "$built"/lib*.so* "$built/examples/$1" "$folder/programs"
}

speed() {
    "$built/examples/bench_passages" 100000 "$folder/100000"
    beside_the_engine retrieve
    TACIT_HOME=$folder/100000 TACIT_MODELS=$model "$folder/programs/retrieve" "$folder/100000/passphrase" --shown <"$folder/100000/questions" |
        python3 -c 'import json, sys
times = sorted(json.loads(line)["ms"] for line in sys.stdin)
p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
print(f"with embedding p50 {p50:.1f} ms, p95 {p95:.1f} ms")'
}

recall() {
    if [[ ! -s $folder/queries.f32 ]]; then
        python3 tests/quality/real_passages.py "$folder/texts" "$folder/queries"
        beside_the_engine embed
        "$folder/programs/embed" "$model" <"$folder/texts" >"$folder/texts.half"
        mv "$folder/texts.half" "$folder/texts.f32"
        "$folder/programs/embed" "$model" <"$folder/queries" >"$folder/queries.half"
        mv "$folder/queries.half" "$folder/queries.f32"
    fi
    "$built/examples/recall_passages" "$folder/texts.f32" "$folder/queries.f32"
}

case ${1:-} in
speed) speed ;;
million) "$built/examples/bench_passages" 1000000 "$folder/1000000" ;;
recall) recall ;;
*) fail 'usage: passages.sh speed|million|recall [FOLDER]' ;;
esac
