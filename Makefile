# What a person does with this project. `make` alone lists it.

PYTHON ?= python3
BIN := .venv/bin
PART := $(PYTHON) -m scripts.test_run

.DEFAULT_GOAL := help
.PHONY: help setup run test check format unit integration attacks property e2e test-faults test-postgres backup restore sandbox-image bench lock env-example clean

help:  ## this list
	@sed -n 's/^\([a-z][a-z0-9-]*\):.*##  *\(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

run:  ## set up what is missing and start everything; Ctrl-C stops it
	@$(PYTHON) -m scripts.setup run --keep-engine && exec $(BIN)/python -m scripts.run

test:  ## set up what is missing and run every check and test
	@$(PART)

setup:  ## set up what `make run` needs, and start nothing
	@$(PYTHON) -m scripts.setup run

check:  ## lint, format, types and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format:  ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

unit:  ## tests without Docker or Redis, milliseconds each
	@$(PART) unit

integration:  ## tests with a real Redis and real containers
	@$(PART) integration

attacks:  ## hostile programs in the real sandbox
	@$(PART) attacks

property:  ## what must hold for any program and any input
	@$(PART) property

e2e:  ## a real browser against everything
	@$(PART) e2e

test-faults:  ## processes killed, stores stopped, disks full: what was accepted ends in one verdict
	@$(PART) faults

test-postgres:  ## every test that touches SQL, against a real PostgreSQL server
	@$(PART) postgresql

backup:  ## save what this installation keeps, while it runs: FILE=name.tar.gz
	@$(BIN)/python -m coderunner_core backup "$(FILE)"

restore:  ## make a data folder of a backup: FILE=name.tar.gz INTO=folder
	@$(BIN)/python -m coderunner_core restore "$(FILE)" --into "$(INTO)"

sandbox-image:  ## build the image that student programs run in
	@$(PYTHON) -m scripts.setup image

bench:  ## measure what we claim about speed; wants a machine that does nothing else
	@$(PYTHON) -m scripts.setup test --keep-engine
	$(BIN)/python -m benchmarks.sandbox
	$(BIN)/python -m benchmarks.streaming
	$(BIN)/python -m benchmarks.click
	$(BIN)/python -m benchmarks.capacity
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.stores
	$(BIN)/python -m benchmarks.class_page

lock:  ## pin everything that requirements.in needs
	$(PYTHON) -m scripts.lock

env-example:  ## write .env.example from the settings
	$(BIN)/python -m scripts.env_example

clean:  ## remove what was built; keeps your data and .venv
	rm -rf build .web .states .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
