# The one list of commands. `make demo` and `make test` work on a machine that has python3.11 or newer with pip and venv, and make.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-audit serve test check browser golden train bench metrics docs wheel constraints clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 24

setup: $(STAMP) ## Create the environment (only when something changed)

$(STAMP): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	  || { echo "scribe needs Python 3.11, 3.12 or 3.13; name one: make PYTHON=python3.12 ..." >&2; exit 2; }
	@echo "Setting up $(VENV); the first time takes a few minutes." >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --require-hashes -r constraints.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(STAMP) ## Analyse a sample note and print the report
	@$(BIN)/scribe analyze sample_notes/typed_with_skin.txt

demo-audit: $(STAMP) ## Audit the sample notes, one story in every format and a set of forty, and name the report
	@rm -rf build/demo-audit
	@$(BIN)/scribe audit 'sample_notes/[a-z]*' --out build/demo-audit

serve: $(STAMP) ## Serve the web form and the API on this machine
	@$(BIN)/scribe serve

check: $(STAMP) ## Linters, types, import contracts and the rule pack
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/scribe patterns check --cases tests/cases

browser: # Debian's chromium for the tests of the web form, where it may be installed
	@command -v chromium >/dev/null || [ "$$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null \
	  || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >/dev/null \
	  || echo "No browser could be installed: the tests of the web form will be skipped." >&2

test: check browser ## Everything: check, then the test suite
	$(BIN)/python -m pytest

golden: $(STAMP) ## Rewrite the expected analyses of the sample notes; read the diff
	$(BIN)/python -m tests.golden.rewrite

train: $(STAMP) ## Train the learned models
	$(BIN)/python -m models.site_judge.train
	$(BIN)/python -m models.fact_confidence.train
	$(BIN)/python -m models.skin_judge.train
	$(BIN)/python -m models.second_reader.train
	$(BIN)/python -m models.gap_judge.train
	$(BIN)/python -m models.arbiter.train
	$(BIN)/python -m models.code_suggester.train

bench: $(STAMP) ## Measure speed, as ratios within one run
	@test -f benchmarks/__main__.py || { echo "This version has no benchmarks yet." >&2; exit 2; }
	$(BIN)/python -m benchmarks

metrics: $(STAMP) ## Measure accuracy on models/corpus, and write the figures and the tables made from them
	@mkdir -p build
	@$(BIN)/scribe evaluate models/corpus --format json $(if $(ACCEPT),,--baseline models/metrics.json) > build/metrics.json \
	  || { echo "Nothing was written. Mend it, or when it is meant: make metrics ACCEPT=1" >&2; exit 1; }
	@mv build/metrics.json models/metrics.json
	@$(BIN)/python -m docs.generate

docs: $(STAMP) ## Write what is generated: tables from the rules, the report in the README
	$(BIN)/python -m docs.generate

wheel: $(STAMP) ## Build the wheel into dist/ and check what is in it
	rm -rf dist
	$(BIN)/python -m build --no-isolation --wheel
	$(BIN)/check-wheel-contents dist/*.whl

constraints: $(STAMP) ## Resolve the dependencies again
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --quiet --output-file constraints.txt

clean: ## Remove the environment and build products
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
