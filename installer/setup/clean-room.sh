#!/bin/bash
# Runs the README's two commands, `make run` and `make test`, where nothing was ever installed by hand: in a bare Debian root that holds
# only Rust, Node, Python 3, make and git, on a fresh clone of this repository. Needs root and mmdebstrap. Takes long.
#
#   CLEAN_ROOM_TARGET=run|test|both   which commands (default both); `run` is followed by a second `make run` without any network
#   CLEAN_ROOM_TREE=commit|work       the last commit (default), or the working tree as it is
#   CLEAN_ROOM_SUITE=bookworm         which Debian
#   CLEAN_ROOM_KEEP=1                 leave the root folder behind
#   TMPDIR                            where the root folder is made (default /var/tmp); about 8 GB
set -euo pipefail
. "$(dirname "$0")/say.sh"
. "$(dirname "$0")/room.sh"

target=${CLEAN_ROOM_TARGET:-both}
suite=${CLEAN_ROOM_SUITE:-bookworm}
case $target in run | test | both) ;; *) fail "CLEAN_ROOM_TARGET is run, test or both, not $target" ;; esac
case ${CLEAN_ROOM_TREE:=commit} in commit | work) ;; *) fail "CLEAN_ROOM_TREE is commit or work, not $CLEAN_ROOM_TREE" ;; esac

# Rust without rustup, and Node with npm, as this machine has them: read-only from outside, on the root's PATH.
lend_toolchains() {
    local sysroot program
    sysroot=$(rustc --print sysroot)
    mkdir -p "$root/opt/rust"
    mount --bind "$(realpath "$sysroot")" "$root/opt/rust"
    mount -o remount,bind,ro "$root/opt/rust"
    for program in "$sysroot"/bin/*; do
        ln -sf "/opt/rust/bin/${program##*/}" "$root/usr/local/bin/${program##*/}"
    done
    if program=$(command -v node); then
        program=$(realpath "$program")
        cp "$program" "$root/usr/local/bin/node"
        local modules=${program%/bin/node}/lib/node_modules
        if [[ -d $modules/npm ]]; then
            mkdir -p "$root/usr/local/lib/node_modules"
            cp -a "$modules/npm" "$root/usr/local/lib/node_modules/npm"
            ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
            ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
        fi
    else
        say "this machine has no Node, so the room has none either"
    fi
}

# The part inside the namespaces.
in_room() {
    # The order of these is the room's story; what depends on a failed one is not tried.
    if measure "bare $suite" mmdebstrap --quiet --variant=minbase --mode=root "$suite" "$root"; then
        copy_settings
        mount_system
        lend_toolchains
        if measure 'Python 3, make, git' inside sh -c 'apt-get -qq update && apt-get -qq install --yes --no-install-recommends python3 make git >/dev/null' &&
            measure 'the tree' copy_tree; then
            if [[ $target != test ]]; then
                if measure 'make run' inside make -C tacit run; then
                    before=(unshare --net)
                    measure 'make run again, without network' inside make -C tacit run || true
                    before=()
                fi
            fi
            if [[ $target != run ]]; then
                measure 'make test' inside make -C tacit test || true
            fi
        fi
    fi
    printf '\n%s\n' 'clean room:'
    printf '  %s\n' "${report[@]}"
    return "$failed"
}

copy_tree() {
    local repository
    repository=$(git rev-parse --show-toplevel)
    if [[ $CLEAN_ROOM_TREE = commit ]]; then
        [[ -z $(git status --porcelain) ]] || say 'what is not committed is left out (CLEAN_ROOM_TREE=work takes it along)'
        git clone --quiet --no-hardlinks "file://$repository" "$root/root/tacit"
    else
        mkdir -p "$root/root/tacit"
        git -C "$repository" ls-files -z --cached --others --exclude-standard --deduplicate |
            tar --create --directory "$repository" --ignore-failed-read --null --files-from - |
            tar --extract --no-same-owner --directory "$root/root/tacit"
    fi
}

if [[ ${1:-} = --in-room ]]; then
    root=$2
    in_room
    exit
fi

in_a_room 'make clean-room' "${CLEAN_ROOM_KEEP:-}" "$0"
