# What a person does with this project. `make` alone lists it.

PYTHON ?= python3
BIN := .venv/bin
TYPED := $(wildcard coderunner_core coderunner_app worker sandbox benchmarks scripts rxconfig.py)

.DEFAULT_GOAL := help
.PHONY: help venv check format unit

help:  ## this list
	@sed -n 's/^\([a-z][a-z-]*\):.*##  *\(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

check:  ## lint, format, types and import arrows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(TYPED)

format:  ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

unit:  ## tests without Docker or Redis, in milliseconds each
	$(BIN)/pytest -q tests/unit
