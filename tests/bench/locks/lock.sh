#!/usr/bin/env bash
# Pin the peers again, with hashes and no addresses; needs the uv that .ci/lock.sh installs.
set -euo pipefail
cd "$(dirname "$0")"
for peer in rapidocr rapidocr-api faster-paddle ocrmypdf rapidocr-pdf; do
  ../../../.tools/uv/bin/uv pip compile "$peer.in" --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet -o "$peer.txt"
done
