#!/usr/bin/env bash
# Pin every dependency, for all supported Pythons and platforms, with hashes and no addresses.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=.tools/uv/bin/uv
[ -x "$uv" ] || { .venv/bin/python -m venv .tools/uv && .tools/uv/bin/pip install --quiet uv; }
flags=(--universal --python-version 3.11 --generate-hashes --no-header --no-annotate
  --no-emit-index-url --no-emit-find-links --quiet)
pin() { "$uv" pip compile pyproject.toml "${flags[@]}" "$@"; }
pin --extra lambda --extra server --extra build --extra test -o tests/requirements.txt
pin --extra lambda -c tests/requirements.txt -o functions/ocr/requirements/lambda.txt
pin --extra server -c tests/requirements.txt -o functions/ocr/requirements/server.txt
pin --extra server --extra build -c tests/requirements.txt -o layers/model/requirements.txt
cut=layers/model/training/requirements
"$uv" pip compile "$cut.in" "${flags[@]}" -c tests/requirements.txt -o "$cut.txt"
tool() { printf '%s\n' "${@:2}" | "$uv" pip compile - "${flags[@]}" -o "tests/requirements-$1.txt"; }
tool sam aws-sam-cli
tool checkov checkov
tool audit pip-audit
tool ministack ministack aws-sam-translator docker
