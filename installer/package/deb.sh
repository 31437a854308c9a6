#!/bin/bash
# Makes target/package/tacit_VERSION_ARCHITECTURE.deb from what `make build` left: the window, tacit, the engine with its libraries,
# the starter model and the embedding models, laid out so that each finds the other (src-tauri/crates/engine and models say where they look).
#
# The same build and the same commit give the same package. What is in target/release stays as it is: copies are stripped.
set -euo pipefail
cd "$(dirname "$0")/../.."
. installer/setup/say.sh

built=target/release
here=installer/package
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
architecture=$(dpkg --print-architecture)
models=$(installer/setup/starter-model.sh --path && installer/setup/embedding-models.sh --path)
mapfile -t models <<<"$models"
package=$PWD/target/package/tacit_${version}_$architecture.deb

for file in "$built"/{tacit,tacit-desktop,tacit-engine,tacit-reader,libllama.so.0} "${models[@]}"; do
    [[ -f $file ]] || fail "$file is missing; run: make build"
done

work=$(mktemp --directory "${TMPDIR:-/tmp}/tacit-deb-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
umask 022
root=$work/root
documents=$root/usr/share/doc/tacit
mkdir -p "$root/DEBIAN" "$documents"

# The name in the package is a library's own name: what programs ask for, and not the links beside it that compilers need.
put_programs() {
    local file
    install -D --mode=755 --strip --strip-program=strip -t "$root/usr/bin" "$built"/{tacit,tacit-desktop}
    install -D --mode=755 --strip -t "$root/usr/lib/tacit" "$built"/{tacit-engine,tacit-reader}
    for file in "$built"/lib{llama,ggml*}.so.0 "$built"/libggml-cpu*.so; do
        install -D --mode=644 -t "$root/usr/lib/tacit" "$file"
        strip --strip-unneeded --remove-section=.comment "$root/usr/lib/tacit/${file##*/}"
    done
}

put_data() {
    local size
    install -D --mode=644 -t "$root/usr/share/tacit/models" "${models[@]}"
    install -D --mode=644 -t "$root/usr/share/applications" "$here/org.tacit.Tacit.desktop"
    for size in 32 64 128 256 512; do
        install -D --mode=644 "src-tauri/icons/$size.png" "$root/usr/share/icons/hicolor/${size}x$size/apps/org.tacit.Tacit.png"
    done
    install -D --mode=644 src-tauri/icons/icon.svg "$root/usr/share/icons/hicolor/scalable/apps/org.tacit.Tacit.svg"
    install --mode=644 "$here/copyright" "$documents/copyright"
    python3 "$here/licences.py" | gzip -9n >"$documents/third-party-licences.gz"
    printf 'tacit (%s) unstable; urgency=medium\n\n  * Built from %s.\n\n -- Tacit contributors <tacit@localhost>  %s\n' \
        "$version" "$commit" "$(date --utc --rfc-email --date="@$moment")" | gzip -9n >"$documents/changelog.gz"
}

# What of the system's libraries the programs need, with the versions that have what they use. The engine's own libraries are in the
# package.
depends() {
    local elf
    mkdir -p "$work/debian"
    printf 'Source: tacit\n\nPackage: tacit\nArchitecture: any\n' >"$work/debian/control"
    mapfile -t elf < <(find "$root/usr/bin" "$root/usr/lib" -type f | sort)
    (cd "$work" && dpkg-shlibdeps -O -S"$root" -l"$root/usr/lib/tacit" "${elf[@]}") | sed -n 's/^shlibs:Depends=//p'
}

put_control() {
    local needs
    needs=$(depends)
    [[ -n $needs ]] || fail 'dpkg-shlibdeps found no library that the programs need, which cannot be'
    (cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
    cat >"$root/DEBIAN/control" <<CONTROL
Package: tacit
Version: $version
Architecture: $architecture
Maintainer: Tacit contributors <tacit@localhost>
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f 1)
Depends: $needs, tesseract-ocr-eng, tesseract-ocr-fra
Recommends: at-spi2-core, gnome-keyring | kwalletmanager
Section: misc
Priority: optional
Description: private assistant on one's own computer
 Tacit answers questions, summarises texts and helps with letters. The model
 runs on this computer; nothing that is said leaves it, and what is kept is
 encrypted.
 .
 This package holds the window (tacit-desktop), the program for the terminal
 (tacit), the engine that runs models, the reader of documents, a small
 English model for trying things, and two models that find passages in
 documents.
CONTROL
}

moment=$(git log -1 --format=%ct 2>/dev/null) || moment=$(stat --format=%Y Cargo.toml)
commit=$(git rev-parse --short=12 HEAD 2>/dev/null) || commit='an unnamed commit'
[[ -z $(git status --porcelain 2>/dev/null) ]] || commit="$commit, with changes"
put_programs
put_data
put_control
find "$root" -exec touch --no-dereference --date="@$moment" {} +
mkdir -p target/package
# Set for this one program only: builds that see it leave out what they know of the CPU. A light compression: most of it is the model.
SOURCE_DATE_EPOCH=$moment dpkg-deb --root-owner-group -Zxz -z3 --build "$root" "$work/tacit.deb" >/dev/null
mv -f "$work/tacit.deb" "$package"
say "the package is $package ($(($(stat --format=%s "$package") / 1000000)) MB)"
