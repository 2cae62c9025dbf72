# Meernet: every task by name. `make help` lists them. Needs Python 3.11, 3.12 or 3.13, make and nothing else.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The first Python that is new enough, not too new, and can make an environment; PYTHON=/path/to/python3.12 chooses another.
FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,\
	$(if $(shell $(name) -c '$(FITS)' >/dev/null 2>&1 && echo yes),$(name))))
# The suite runs in as many processes as there are cores, four at most; PROCESSES= runs it in one.
PROCESSES ?= -n logical --maxprocesses 4 --dist loadgroup --no-loadscope-reorder
PIP_FLAGS := --quiet --disable-pip-version-check --no-input

.PHONY: help setup run test check secrets secrets-review audit sbom format bench chaos writers fuzz e2e week trees screenshots guide lock release-checks long-checks clean

help: ## List the tasks
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## Make .venv from the lock (exact versions and hashes)
	@:

$(READY): requirements-dev.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then echo "Meernet needs Python 3.11, 3.12 or 3.13 with its venv module (on Debian: python3-venv); none was found. Install one, or name it: make PYTHON=/path/to/python3 $(or $(MAKECMDGOALS),setup)" >&2; exit 1; fi
	@echo "Making .venv from requirements-dev.lock (a minute or two the first time) ..."
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes --no-deps -r requirements-dev.lock
	@$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation --no-index --editable .
	@touch $(READY)

run: setup ## Start everything: Valkey, database, web server, worker; Ctrl-C stops it
	@exec $(BIN)/meernet run

test: setup ## The whole suite, on SQLite and on a real PostgreSQL
	@$(BIN)/python -m pytest $(PROCESSES) $(PYTEST_ARGS)

# What is scanned for secrets: everything we keep but words for people, hashes, pictures and recorded output.
SCANNED := -- ':!*.lock' ':!app/texts/nl' ':!app/texts/en' ':!docs/images' ':!tests/e2e/trees' ':!tests/golden' \
	':!tests/definitions/golden' ':!tests/definitions/good' ':!tests/definitions/bad' ':!tests/definitions/valid' \
	':!tests/definitions/mutants' ':!.secrets.baseline'
# Detectors of what could ever stand here; a "secret" with a blank in it is a sentence.
SECRETS := --no-verify --exclude-secrets ' ' $(foreach name,Artifactory AzureStorageKey Cloudant DiscordBotToken \
	IPPublic IbmCloudIam IbmCosHmac Mailchimp Npm OpenAI PypiToken SendGrid Softlayer SquareOAuth Stripe \
	TelegramBotToken TwilioKey,\
	--disable-plugin $(name)Detector)

# 3 is no find: a reviewed line only moved.
secrets: setup ## Look for passwords and keys in what is kept, beside those reviewed in .secrets.baseline
	@if git rev-parse --git-dir >/dev/null 2>&1; then \
	  reviewed=$$(mktemp) && cp .secrets.baseline "$$reviewed" && \
	  git ls-files -z $(SCANNED) | xargs -0 sh -c '$(BIN)/detect-secrets-hook --baseline "$$0" --no-verify --cores 4 "$$@" \
	    || test $$? = 3' "$$reviewed" > "$$reviewed.said" || { cat "$$reviewed.said"; exit 1; }; \
	  rm -f "$$reviewed" "$$reviewed.said"; echo "No secret beside those that were reviewed."; \
	else echo "NOT SCANNED for secrets: this is no git checkout."; fi

secrets-review: setup ## Write .secrets.baseline anew; look at every line of the difference before it is kept
	@git ls-files -z $(SCANNED) | xargs -0 $(BIN)/detect-secrets scan $(SECRETS) > .secrets.baseline.new \
	  && mv .secrets.baseline.new .secrets.baseline && git diff --stat -- .secrets.baseline

audit: setup secrets ## Known vulnerabilities in the lock, where a feed can be reached, and secrets
	@$(BIN)/python -m tests.supply audit

sbom: setup ## The bill of materials (CycloneDX), in dist/meernet.cdx.json
	@$(BIN)/python -m tests.supply sbom

check: setup ## Style, types, arrows between rooms, and the shipped definitions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/meernet check

format: setup ## Lay out the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

e2e: setup ## The browser tests alone (needs Chromium)
	@$(BIN)/python -m pytest -m e2e $(PYTEST_ARGS)

week: setup ## Live the demo week in a browser and keep its database: MEERNET_DATA_DIR=var/week make run
	@MEERNET_KEEP_WEEK=$(or $(MEERNET_KEEP_WEEK),var/week) $(BIN)/python -m pytest -q tests/e2e/week

trees: setup ## Write what every page tells a screen reader anew (needs Chromium); look at the difference
	@MEERNET_WRITE_TREES=1 $(BIN)/python -m pytest -q tests/e2e/test_every_page.py

screenshots: setup ## Make the pictures of docs/images anew (needs Chromium)
	@$(BIN)/python -m tests.e2e.screenshots

bench: setup ## Print each speed budget as a ratio against the control, on SQLite and PostgreSQL
	@$(BIN)/python -m bench $(BENCH_ARGS)

chaos: setup ## Kill, flush and restart everything while people work, and count what was lost (six cells, an hour)
	@$(BIN)/python -m tests.chaos $(CHAOS_ARGS)

writers: setup ## Eight processes write to one SQLite file, a hundred are killed; count what was lost
	@$(BIN)/python -m tests.chaos.writers $(WRITERS_ARGS)

machines: setup ## Random lives of cases, 500 of 40 steps on each database, and every promise looked at after each step
	@$(BIN)/python -m tests.machines $(MACHINES_ARGS)

pairs: setup ## Two at once, many times: double clicks, two editors, two colleagues, eight writers
	@$(BIN)/python -m tests.machines --pairs $(MACHINES_ARGS)

fuzz: setup ## A million random inputs for the loader and for the expressions (Linux)
	@$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes --no-deps -r requirements-fuzz.lock
	@$(BIN)/python -m tests.fuzz $(FUZZ_ARGS)

release-checks: setup ## The suite, the speed budgets and the chaos run; its table goes into docs/release-checks.md
	@$(BIN)/python -m pytest $(PROCESSES) $(PYTEST_ARGS)
	@$(MAKE) --no-print-directory bench chaos writers

long-checks: setup ## All mutants before the exhaustive judge, and a million random inputs: about an hour
	@$(BIN)/python -m pytest -m long -s $(PYTEST_ARGS)
	@$(MAKE) --no-print-directory fuzz

guide: setup ## Write docs/gids.md and docs/problemen.md anew, from the vocabulary and the problems
	@$(BIN)/meernet guide > docs/gids.md.new && mv docs/gids.md.new docs/gids.md
	@$(BIN)/meernet problems --examples tests/definitions > docs/problemen.md.new && mv docs/problemen.md.new docs/problemen.md

lock: ## Choose new versions within pyproject.toml and write both locks (needs uv)
	@command -v uv >/dev/null || test -x $(BIN)/uv || { echo "make lock needs uv: $(BIN)/pip install uv" >&2; exit 1; }
	@PATH="$(CURDIR)/$(BIN):$$PATH"; \
	write() { \
	  { echo "# Exact versions and hashes for Linux and macOS, Python 3.11 to 3.13. Written by: make lock"; \
	    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	      --no-annotate --fork-strategy fewest $(LOCK_ARGS) "$${@:2}" pyproject.toml requirements.in; } > "$$1.new" && mv "$$1.new" "$$1"; }; \
	write requirements.lock && write requirements-dev.lock --extra test --extra dev --extra e2e -c requirements.lock \
	  && write requirements-fuzz.lock --extra fuzz -c requirements.lock

clean: ## Remove the environment and caches; the data folder stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
