#!/usr/bin/env bash
# Installs the system packages that a list names (packages.txt unless another is given) where that
# can be done without asking (root on Debian or Ubuntu), and says what is missing elsewhere. Never fails: tests that need a package
# which is not there say so themselves.
set -uo pipefail
cd "$(dirname "$0")"
list=${1:-packages.txt}

bash scenes/fonts.sh || echo "Some fonts could not be installed; tests that draw with them say so."

missing() {
  while read -r package; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done < <(grep -vE '^[[:space:]]*(#|$)' "$list")
}

install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if ! command -v dpkg-query >/dev/null; then
  echo "Tests that need these packages of Debian are skipped where they are not there:"
  grep -vE '^[[:space:]]*(#|$)' "$list" | tr '\n' ' '
  exit 0
fi
mapfile -t wanted < <(missing)
[ ${#wanted[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing for the tests: ${wanted[*]}"
  apt-get update -qq
  # One name that a release does not know must not keep the others away.
  install "${wanted[@]}" || for package in "${wanted[@]}"; do install "$package"; done
  mapfile -t wanted < <(missing)
fi
[ ${#wanted[@]} -eq 0 ] && exit 0
echo "Some tests are skipped without: ${wanted[*]}"
echo "To install: sudo apt-get install ${wanted[*]}"
exit 0
