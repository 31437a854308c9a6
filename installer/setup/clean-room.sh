#!/bin/bash
# Runs the README's two commands, `make run` and `make test`, where nothing was ever installed by hand: in a bare Debian root that holds
# only Rust, Node, Python 3, make and git, on a fresh clone of this repository. Needs root and mmdebstrap. Takes long.
#
#   CLEAN_ROOM_TARGET=run|test|both   which commands (default both); `run` is followed by a second `make run` without any network
#   CLEAN_ROOM_TREE=commit|work       the last commit (default), or the working tree as it is
#   CLEAN_ROOM_SUITE=bookworm         which Debian
#   CLEAN_ROOM_KEEP=1                 leave the root folder behind
#   TMPDIR                            where the root folder is made (default /var/tmp); about 8 GB
#
# How this machine reaches packages (apt, pip, cargo and npm settings, proxies, certificates) is copied into the root when it runs, and is
# gone with it. Mounts and processes live in namespaces of their own and end with the script, however it ends.
set -euo pipefail
. "$(dirname "$0")/say.sh"

target=${CLEAN_ROOM_TARGET:-both}
suite=${CLEAN_ROOM_SUITE:-bookworm}
case $target in run | test | both) ;; *) fail "CLEAN_ROOM_TARGET is run, test or both, not $target" ;; esac
case ${CLEAN_ROOM_TREE:=commit} in commit | work) ;; *) fail "CLEAN_ROOM_TREE is commit or work, not $CLEAN_ROOM_TREE" ;; esac

# Copies a file or folder of this machine to the same place in the root, if it is there.
copy_setting() {
    [[ -e $1 ]] || return 0
    mkdir -p "$root$(dirname "$1")"
    cp -aT --remove-destination "$(realpath "$1")" "$root${2:-$1}"
}

copy_settings() {
    local home=${HOME:-/root} path
    rm -rf "$root"/etc/apt/sources.list{,.d}
    for path in /etc/apt/sources.list /etc/apt/{sources.list,apt.conf,auth.conf,preferences,trusted.gpg,keyrings}.d /etc/apt/{apt.conf,auth.conf,trusted.gpg,keyrings} \
        /etc/pip.conf /etc/resolv.conf /etc/hosts /usr/local/share/ca-certificates /etc/ssl/certs/ca-certificates.crt; do
        copy_setting "$path"
    done
    for path in .cargo/config.toml .config/pip .pip .npmrc; do
        mkdir -p "$root/root/$(dirname "$path")"
        copy_setting "$home/$path" "/root/$path"
    done
    # One `NAME=value` a line.
    env | grep -iE '^(pip_|cargo_(http|net|registr|source)|npm_config_|ssl_cert_|curl_ca_|requests_ca_|git_ssl_|node_extra_ca_|(https?|ftp|all|no)_proxy=)' \
        >"$root/root/.settings" || true
}

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

mount_system() {
    # A root that is a mount of its own, as on any machine: tests make mount namespaces, and that needs one.
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    # Not this machine's shared memory and /tmp.
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
}

# A command inside the room: a plain environment, no terminal, no standard input.
inside() {
    local settings=()
    [[ -s $root/root/.settings ]] && mapfile -t settings <"$root/root/.settings"
    "${before[@]}" chroot "$root" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        "${settings[@]}" sh -c 'cd /root && "$@"' sh "$@" </dev/null
}

# measure NAME COMMAND...: runs it, keeps the time and the outcome for the report at the end, and goes on.
report=()
failed=0
measure() {
    local name=$1 began=$SECONDS outcome=ok code=0
    shift
    say "clean room: $name"
    "$@" 2>&1 | cat || code=$?
    if ((code != 0)); then
        outcome="FAILED ($code)"
        failed=1
    fi
    report+=("$(printf '%-34s %-12s %5d s' "$name" "$outcome" $((SECONDS - began)))")
    return "$code"
}

# The part inside the namespaces.
in_room() {
    before=()
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

[[ $(id -u) = 0 ]] || fail 'the clean room needs root: sudo make clean-room'
command -v mmdebstrap >/dev/null || fail 'mmdebstrap is missing; install it with: apt-get install mmdebstrap'
folder=$(mktemp --directory "${TMPDIR:-/var/tmp}/tacit-clean-room-XXXXXX")
cleanup() {
    if [[ ${CLEAN_ROOM_KEEP:-} = 1 ]]; then
        say "kept: $folder"
    else
        # The mounts were in a namespace that is gone; should one be left all the same, its content is spared.
        rm -rf --one-file-system "$folder"
    fi
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
unshare --mount --propagation private --pid --fork --kill-child --mount-proc -- bash "$0" --in-room "$folder/root"
