#!/usr/bin/env bash
# Install every font of tests/scenes/fonts.toml: Debian packages of tests/packages.txt, npm packages
# of tests/fonts. As root into the system, otherwise unpacked under .tools/fonts.
set -euo pipefail
cd "$(dirname "$0")/../.."
missing=()
if command -v dpkg-query >/dev/null; then
  while read -r package; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed' || missing+=("$package")
  done < <(grep '^fonts-' tests/packages.txt)
fi
if [ "${#missing[@]}" -gt 0 ] && [ "$(id -u)" = 0 ]; then
  apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
elif [ "${#missing[@]}" -gt 0 ]; then
  mkdir -p .tools/fonts/debs
  (cd .tools/fonts/debs && apt-get download -q "${missing[@]}" >/dev/null)
  for deb in .tools/fonts/debs/*.deb; do dpkg-deb -x "$deb" .tools/fonts; done
fi
if command -v npm >/dev/null; then
  [ -d tests/fonts/node_modules ] || npm ci --prefix tests/fonts --ignore-scripts --no-audit --no-fund --silent
else
  echo "fonts: npm is not installed, so the handwriting fonts are missing" >&2
fi
