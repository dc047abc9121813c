#!/usr/bin/env bash
# Runs a command where it finds an engine of containers: the one that DOCKER_HOST names, else
# Docker's own, else podman, which answers as Docker does through a socket.
#   infra/engine.sh docker build …        infra/engine.sh sam build
set -euo pipefail

docker_answers() { command -v docker >/dev/null && docker info >/dev/null 2>&1; }

podman_socket() {
  local folder=${XDG_RUNTIME_DIR:-/run}/podman
  [ "$(id -u)" -ne 0 ] || folder=/run/podman
  echo "$folder/podman.sock"
}

answers() { podman --url "unix://$1" info >/dev/null 2>&1; }

start_podman() {
  local socket=$1
  mkdir -p "$(dirname "$socket")"
  rm -f "$socket"
  # It ends by itself when nobody has asked for ten minutes.
  setsid podman system service --time=600 "unix://$socket" >/dev/null 2>&1 &
  for _ in $(seq 50); do
    if answers "$socket"; then return; fi
    sleep 0.2
  done
  echo "podman's service does not answer at $socket; see: podman system service" >&2
  exit 1
}

if [ -z "${DOCKER_HOST:-}" ] && ! docker_answers; then
  if ! command -v podman >/dev/null; then
    echo "Neither Docker nor podman is running here: install one, or name one by DOCKER_HOST." >&2
    exit 1
  fi
  socket=$(podman_socket)
  answers "$socket" || start_podman "$socket"
  export DOCKER_HOST=unix://$socket
  if [ "$1" = docker ]; then
    shift
    exec podman "$@"
  fi
fi
exec "$@"
