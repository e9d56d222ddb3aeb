# Every target sets itself up: Python ≥ 3.11 and make are all that is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test static check bench soak outside setup clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Steelyard needs Python 3.11 or newer; this is $$($(PYTHON) -V). Set PYTHON=..."; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(STAMP)

demo: $(STAMP)
	$(BIN)/steelyard demo

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --dist worksteal

# What is read, not run.
static: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy bench
	$(BIN)/mypy outside
	$(BIN)/lint-imports

check: static
	$(BIN)/python -m pytest -n auto tests/house tests/graphql_api/test_schema.py tests/store/test_migrate.py

bench: $(STAMP)
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench

# Long campaigns, for as long as MINUTES says together: about 30 let all of them finish; a short sample of each
# runs in `make test`. REPORT=FILE keeps what was run and found as Markdown.
MINUTES ?= 10
REPORT ?=
soak: $(STAMP)
	$(BIN)/python -m soak --minutes $(MINUTES) $(if $(REPORT),--report $(REPORT))

# Judges that others wrote; needs Node, and a network the first time: docs/outside.md
outside: $(STAMP)
	$(BIN)/python -m outside

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
