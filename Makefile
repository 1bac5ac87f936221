# «Сила в каждом». `make help` prints the verbs; each does all its own set-up.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
UV_COMPILE = uv pip compile -q --universal --generate-hashes --no-header pyproject.toml --all-extras
ROOMS = bot handlers keyboards models scheduler services locales web sandbox migrations tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help demo test run check storm fuzz bench tools lock clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-7s %s\n", $$1, $$2}'

demo: .venv/run.ok ## the whole service on this machine, no Telegram account needed
	@$(PY) -m bot demo

run: .venv/run.ok ## the bot on the real Telegram; settings from .env
	@$(PY) -m bot

test: .venv/dev.ok tools ## the whole test suite, the browser included
	@$(PY) -m pytest -n auto --dist loadfile

check: .venv/dev.ok tools ## format, lint, types, import contracts, tests, migrations
	$(PY) -m ruff format --check $(ROOMS)
	$(PY) -m ruff check $(ROOMS)
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache
	$(MAKE) --no-print-directory test
	$(PY) -m bot migrate --check

storm: .venv/dev.ok ## the bot killed a thousand times under load, and then everything counted
	@$(PY) -m benchmarks.storm

fuzz: .venv/dev.ok ## a million updates bent out of shape
	@FUZZ=1000000 $(PY) -m pytest -q -n auto tests/test_fuzz.py

bench: .venv/dev.ok ## measured speed, as ratios in one run
	@$(PY) -m benchmarks

tools: # programs the tests use; installed where that needs no password, named where not
	@sh deploy/test-tools.sh

lock: ## pin every package with its hashes again
	$(UV_COMPILE) -o requirements/run.txt
	$(UV_COMPILE) --group dev -o requirements/dev.txt
	@! grep -nE '://|--(extra-)?index-url|--find-links' requirements/*.txt

clean: ## remove what was installed here
	rm -rf .venv

# A stamp is written only after success: an interrupted install is simply repeated.
.venv/%.ok: requirements/%.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (make PYTHON=...)"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv --without-pip .venv
	@echo "Installing into .venv (once)…"
	@$(PYTHON) -m pip --python $(PY) --disable-pip-version-check install -q --require-hashes -r $<
	@touch $@
