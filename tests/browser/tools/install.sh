#!/usr/bin/env bash
# Install the page's checkers (TypeScript, axe-core) into a folder, where there is npm.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
if ! command -v npm >/dev/null; then
  echo "npm is not installed: the page's types and accessibility go unchecked"
  exit 0
fi
cp "$here/package.json" "$here/package-lock.json" "$1/"
npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --silent
touch "$1/.done"
