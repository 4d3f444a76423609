# Two commands for everybody: `make serve` and `make test`; each does all its own set-up.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?=
SIZE ?= 3
ROUNDS ?= 3
PEERS ?=
STARD ?=

.PHONY: bench bench-intake bench-metadata judge serve test format screenshots translations clean help

help:            ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | column -t -s:

serve: $(BIN)/.installed   ## serve the demonstration corpus on http://127.0.0.1:8000 (PORT=, HOST=)
	@$(BIN)/yinde reindex || [ $$? -eq 4 ]
	@$(BIN)/yinde serve --host $(HOST) --port $(PORT)

test: $(BIN)/.tested       ## every check and every test
	@$(BIN)/ruff check archive index web tests
	@$(BIN)/ruff format --check archive index web tests
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

format: $(BIN)/.tested     ## put the code into its form
	@$(BIN)/ruff check --fix archive index web tests
	@$(BIN)/ruff format archive index web tests

bench-intake: $(BIN)/.tested     ## how fast plain text is taken in
	@$(BIN)/python -m tests.benchmarks.intake_speed

judge: $(BIN)/.tested            ## how the intake does on a hundred texts that no rule was written for
	@$(BIN)/python -m tests.unseen.judge

bench-metadata: $(BIN)/.tested   ## how well metadata is read, by field and folder
	@$(BIN)/python -m tests.benchmarks.metadata

bench: $(BIN)/.benched     ## measure the index and its rivals on SIZE=3 million characters (ROUNDS=, PEERS=, STARD=folder)
	@$(BIN)/python -m tests.benchmarks.run --size $(SIZE) --rounds $(ROUNDS) $(if $(PEERS),--peers $(PEERS)) $(if $(STARD),--stard $(STARD))

screenshots: $(BIN)/.tested   ## pictures of every page, light, dark and narrow, into build/screenshots
	@$(BIN)/yinde reindex
	@$(BIN)/python -m tests.web.screenshots build/screenshots

translations: $(BIN)/.tested   ## write the Traditional catalogue from the Simplified one
	@$(BIN)/python -m web.translate

clean:           ## remove what can be made again
	rm -rf $(VENV) .yinde build *.egg-info .mypy_cache .pytest_cache .ruff_cache

# The environment: made once, again when the lock file changes.
$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Yinde needs Python 3.11 or newer; name it with: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Yinde needs Python 3.11 or newer, $(PYTHON) is $$($(PYTHON) -V 2>&1); name another with: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); echo "This Python lacks venv; mend it with: sudo apt-get install python3-venv   (or the package of your system that gives Python's venv)"; exit 2; }

$(BIN)/.installed: $(BIN)/python requirements.lock pyproject.toml
	@echo "Installing what Yinde needs (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.tested: $(BIN)/.installed requirements-test.lock
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r requirements-test.lock
	@touch $@

$(BIN)/.benched: $(BIN)/.installed requirements-bench.lock
	@echo "Installing what the benchmark needs (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes -r requirements-bench.lock
	@touch $@
