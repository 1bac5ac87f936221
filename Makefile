# «Сила в каждом». `make help` prints the verbs; each does all its own set-up.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
UV_COMPILE = uv pip compile -q --universal --generate-hashes --no-header pyproject.toml --all-extras
# What the tests need holds all that running needs.
INSTALLED := $(firstword $(wildcard .venv/dev.ok) .venv/run.ok)
ROOMS = bot handlers keyboards models scheduler services locales web sandbox migrations tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help demo test run check storm fuzz bench tools lock clean

help: ## этот список
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-7s %s\n", $$1, $$2}'

demo: $(INSTALLED) ## весь сервис на этом компьютере, Telegram не нужен
	@$(PY) -m bot demo

run: $(INSTALLED) ## бот в настоящем Telegram; настройки из .env
	@$(PY) -m bot

test: .venv/dev.ok tools ## все тесты, вместе с браузером
	@$(PY) -m pytest -n auto --dist worksteal

check: .venv/dev.ok tools ## оформление, линтер, типы, границы комнат, тесты, миграции
	$(PY) -m ruff format --check $(ROOMS)
	$(PY) -m ruff check $(ROOMS)
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache
	$(MAKE) --no-print-directory test
	$(PY) -m bot migrate --check

storm: .venv/dev.ok ## тысяча внезапных смертей бота под нагрузкой, потом пересчёт всего
	@$(PY) -m benchmarks.storm

fuzz: .venv/dev.ok ## миллион искорёженных обновлений от Telegram
	@FUZZ=1000000 $(PY) -m pytest -q -n auto tests/test_fuzz.py

bench: .venv/dev.ok ## скорость: во сколько раз быстрее или медленнее эталона
	@$(PY) -m benchmarks

tools: # programs the tests use; installed where that needs no password, named where not
	@sh deploy/test-tools.sh

lock: ## заново закрепить версии всех пакетов
	$(UV_COMPILE) -o requirements/run.txt
	$(UV_COMPILE) --group dev -o requirements/dev.txt
	@! grep -nE '://|--(extra-)?index-url|--find-links' requirements/*.txt

clean: ## удалить всё установленное здесь
	rm -rf .venv

# A stamp is written only after success: an interrupted install is simply repeated.
.venv/%.ok: requirements/%.txt
	@test -n "$(PYTHON)" || { echo "Нужен Python 3.11 или новее (make PYTHON=…)"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv --without-pip .venv
	@echo "Ставлю всё нужное в .venv (один раз)…"
	@$(PYTHON) -m pip --python $(PY) --disable-pip-version-check install -q --require-hashes -r $<
	@touch $@
