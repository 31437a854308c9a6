# shellcheck shell=sh
# Shared by the scripts beside it: `. "$(dirname "$0")/say.sh"`. Sets nothing, reads nothing.

# A line for the person, apart from what the tools print.
say() { printf 'tacit: %s\n' "$*" >&2; }

# The last sentence of a script that cannot go on.
fail() {
    say "$*"
    exit 1
}

# The folder for what is fetched or built once and kept: ${XDG_CACHE_HOME:-~/.cache}/tacit. A relative XDG_CACHE_HOME is ignored, as the
# XDG rules and the program do.
cache_folder() {
    case ${XDG_CACHE_HOME:-} in
        /*) printf '%s/tacit\n' "$XDG_CACHE_HOME" ;;
        *) printf '%s/.cache/tacit\n' "${HOME:?the environment names no HOME}" ;;
    esac
}

# The first Python that has the package client: a Python of one's own may come without.
python_with_pip() {
    for python in python3 /usr/bin/python3; do
        "$python" -m pip --version >/dev/null 2>&1 && printf '%s\n' "$python" && return
    done
    return 1
}
