PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
ARCHIVE := $(CURDIR)/.demo-archive
QUESTION := what factors will the supreme military commission examine?

.PHONY: demo test lint bench clean browser proxy database
.DEFAULT_GOAL := demo

demo: $(VENV)/demo  ## install, ingest the demonstration archive, answer a question, serve the chat
	$(BIN)/depeche ingest ingest/demonstration/*.jsonl --archive $(ARCHIVE)
	@printf '\n> %s\n\n' '$(QUESTION)'
	$(BIN)/depeche ask '$(QUESTION)' --archive $(ARCHIVE)
	@printf '\nA portal with the widget: http://localhost:7861/\n'
	$(BIN)/python -m ui.embed.portal http://127.0.0.1:7860/ & portal=$$!; trap "kill $$portal" EXIT; \
	  DEPECHE_PORTALS=http://localhost:7861 $(BIN)/depeche serve --archive $(ARCHIVE)

test: $(VENV)/test browser proxy database lint  ## lint, types, import contracts and every test
	$(BIN)/python -m pytest

lint: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/bench  ## compare speed with peers in one run; writes docs/performance.md
	$(BIN)/python -m tests.bench

browser:
	@command -v chromium chromium-browser google-chrome >/dev/null || \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } || \
	  { echo 'The browser tests need Chromium: install it with your package manager.'; exit 1; }

proxy:
	@command -v nginx /usr/sbin/nginx >/dev/null || \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light >/dev/null; } || \
	  echo 'The tests behind nginx are skipped: install it with your package manager.'

database:
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; } || \
	  echo 'The tests with PostgreSQL are skipped: install it with your package manager.'

# A stamp a set of extras: an install is repeated when what it is made from changes.
$(VENV)/demo: EXTRAS := openai
$(VENV)/test: EXTRAS := dev
$(VENV)/bench: EXTRAS := dev,bench
$(VENV)/demo $(VENV)/test $(VENV)/bench: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) $(ARCHIVE) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist *.egg-info
