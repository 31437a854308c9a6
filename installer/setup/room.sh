# shellcheck shell=bash
# Shared by the scripts that try Tacit in a bare Debian root, $root: clean-room.sh and ../package/clean-root.sh.
#
# How this machine reaches packages (apt, pip, cargo and npm settings, proxies, certificates) is copied into the root when it runs, and is
# gone with it. Mounts and processes live in namespaces of their own and end with the script, however it ends.

# What goes before a command inside the room, such as unshare --net.
before=()

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

# Starts a script again inside namespaces, as `SCRIPT --in-room ROOT`: in_a_room COMMAND KEEP SCRIPT. COMMAND is what a person calls.
in_a_room() {
    local command=$1 keep=$2 script=$3
    [[ $(id -u) = 0 ]] || fail "a room of its own needs root: sudo $command"
    command -v mmdebstrap >/dev/null || fail 'mmdebstrap is missing; install it with: apt-get install mmdebstrap'
    folder=$(mktemp --directory "${TMPDIR:-/var/tmp}/tacit-room-XXXXXX")
    # The mounts are in a namespace that is gone by then; should one be left all the same, its content is spared.
    if [[ $keep = 1 ]]; then
        trap 'say "kept: $folder"' EXIT
    else
        trap 'rm -rf --one-file-system "$folder"' EXIT
    fi
    trap 'exit 130' INT
    trap 'exit 143' TERM
    unshare --mount --propagation private --pid --fork --kill-child --mount-proc -- bash "$script" --in-room "$folder/root"
}
