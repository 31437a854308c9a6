#!/bin/bash
# Installs the package of `make package` in a bare Debian root, with nothing but what it depends on, and starts what it brought: without
# any network, as an ordinary user, `tacit ask`, and the window on a screen of its own. Needs root and mmdebstrap.
#
#   CLEAN_ROOM_SUITE=bookworm  which Debian
#   CLEAN_ROOM_KEEP=1          leave the root folder behind
#
# Leaves a screenshot of the window in target/package/window.png.
set -euo pipefail
cd "$(dirname "$0")/../.."
. installer/setup/say.sh
. installer/setup/room.sh

suite=${CLEAN_ROOM_SUITE:-bookworm}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
package=$PWD/target/package/tacit_${version}_$(dpkg --print-architecture).deb
[[ -f $package ]] || fail "$package is missing; run: make package"

installs() { inside env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "$@" >/dev/null; }

# In what `measure` calls bash does not stop at a command that fails, so each step of these names the next.
put_package() {
    cp "$package" "$root/tmp/" &&
        inside apt-get -qq update &&
        installs "/tmp/${package##*/}" &&
        rm "$root/tmp/${package##*/}" &&
        inside useradd --create-home person &&
        is_whole
}

# Every file is as its checksum says, and the libraries of every program are found; the engine loads its own for this CPU by itself.
is_whole() {
    local wrong
    wrong=$(inside dpkg --verify tacit && inside sh -c 'ldd /usr/bin/tacit /usr/bin/tacit-desktop /usr/lib/tacit/tacit-engine /usr/lib/tacit/tacit-reader' | { grep 'not found' || true; }) &&
        { [[ -z $wrong ]] || { echo "$wrong" && false; }; }
}

# A script of the person, without any network.
as_person() {
    local before=(unshare --net)
    inside runuser --user person -- env HOME=/home/person bash -euc "cd; $1"
}

ask() {
    # shellcheck disable=SC2016 # meant for the person's shell
    as_person 'umask 077
        head -c 32 /dev/urandom | base64 >passphrase
        TACIT_HOME=$HOME/asked tacit ask --passphrase-file passphrase "What is the capital of France? Answer in one sentence." | tee answer
        [ -s answer ]'
}

documents() {
    # shellcheck disable=SC2016 # meant for the person's shell
    as_person 'umask 077
        printf "The well is 18 metres deep.\n" >well.txt
        TACIT_HOME=$HOME/asked tacit add --passphrase-file passphrase well.txt &&
        TACIT_HOME=$HOME/asked tacit ask --docs --passphrase-file passphrase "How deep is the well?" | tee found
        grep -q "18 metres" found'
}

# A window that only exists is not enough: a web view that could not start shows one colour.
window() {
    # shellcheck disable=SC2016 # meant for the person's shell
    as_person '
        export DISPLAY=:77 TACIT_HOME=$HOME/window WEBKIT_DISABLE_DMABUF_RENDERER=1 XDG_RUNTIME_DIR=$HOME/runtime
        mkdir -m 700 "$XDG_RUNTIME_DIR"
        Xvfb :77 -screen 0 1080x760x24 -nolisten tcp >xvfb.log 2>&1 &
        screen=$!
        for _ in $(seq 100); do xdotool getdisplaygeometry >/dev/null 2>&1 && break; sleep 0.1; done
        cat >session <<"SESSION"
            began=$(date +%s%3N)
            tacit-desktop &
            program=$!
            shown=
            for _ in $(seq 300); do
                shown=$(xdotool search --onlyvisible --name "^Tacit$" 2>/dev/null | head -n 1) && [ "$shown" ] && break
                sleep 0.1
            done
            [ "$shown" ] || { echo "no window was shown"; exit 1; }
            echo "the window was there after $(($(date +%s%3N) - began)) ms"
            colours=0
            for _ in $(seq 100); do
                import -window root window.png
                colours=$(identify -format %k window.png)
                [ "$colours" -gt 50 ] && break
                sleep 0.1
            done
            echo "and had drawn itself, in $colours colours, after $(($(date +%s%3N) - began)) ms"
            # What else of it comes while it rests.
            sleep 2
            import -window root window.png
            kill "$program"
            wait "$program" || true
            [ "$colours" -gt 50 ]
SESSION
        code=0
        dbus-run-session -- bash session 2>session.log || code=$?
        kill $screen
        [ $code = 0 ] || tail -n 20 session.log
        exit $code' &&
        cp "$root/home/person/window.png" "$PWD/target/package/window.png"
}

# Nothing of it stays but what the person made.
remove() {
    inside env DEBIAN_FRONTEND=noninteractive apt-get -qq purge --yes tacit >/dev/null &&
        [[ -z $(inside find /usr -ipath '*tacit*') && -d $root/home/person/asked ]]
}

in_room() {
    # What depends on a failed step is not tried. The tools of the test come after the package: they must not bring what it lacks.
    if measure "bare $suite" mmdebstrap --quiet --variant=minbase --mode=root "$suite" "$root"; then
        copy_settings
        mount_system
        if measure 'the package and what it depends on' put_package; then
            measure 'tacit ask, without network' ask || true
            measure 'a document and a question about it, without network' documents || true
            if measure 'a screen for the window' installs xvfb xdotool imagemagick dbus dbus-daemon at-spi2-core gnome-keyring fonts-dejavu-core; then
                measure 'the window, without network' window || true
            fi
            measure 'removal' remove || true
        fi
    fi
    printf '\n%s\n' 'clean root:'
    printf '  %s\n' "${report[@]}"
    return "$failed"
}

if [[ ${1:-} = --in-room ]]; then
    root=$2
    in_room
    exit
fi

in_a_room 'make package-test' "${CLEAN_ROOM_KEEP:-}" installer/package/clean-root.sh
