# kouhao: `make run` looks a slogan up, `make test` runs everything that CI runs.
Q ?= 五好
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: run test lint docs dist check bench fit wheels clean

run: $(STAMP)
	@$(BIN)/kouhao $(Q)

test: lint
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/kouhao validate glossary
	$(BIN)/kouhao fmt --check glossary

check: test dist

docs: $(STAMP)
	$(BIN)/python -m tests.picture

dist: $(STAMP)
	rm -rf build dist
	$(BIN)/python -m build

bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks.lookup_accuracy
	$(BIN)/python tests/benchmarks/harvest_accuracy.py
	$(BIN)/python tests/benchmarks/check_accuracy.py
	$(BIN)/python -m tests.benchmarks.coverage
	$(BIN)/python -m tests.benchmarks.document_reading
	$(BIN)/python -m tests.benchmarks.speed

wheels: $(STAMP)
	$(BIN)/python release/wheels.py

fit: $(STAMP)
	$(BIN)/python -m tests.fit.count_background

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "kouhao 需要 Python 3.11 或更新的版本。" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --editable . --group dev
	@touch $@

clean:
	rm -rf .venv build dist cli/*.egg-info
