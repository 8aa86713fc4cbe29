# The only door. `make` alone tells what there is.
SHELL := /bin/bash
PORT ?= 8000
YUSHUI_HOME ?= $(CURDIR)/var
export PORT YUSHUI_HOME
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev test check fix bench lock demo clean

help:  ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 20

run: setup  ## set up what is missing, make the demo county on the first start, serve on http://127.0.0.1:$PORT
	@exec $(BIN)/yushui serve --port $(PORT) --demo

demo: setup  ## make the demo county without serving
	@$(BIN)/yushui demo

test: setup-dev  ## every test: on SQLite, on a real PostgreSQL, and pages in Chromium
	@scripts/test.sh

check: setup-dev  ## lint, layout, types, layer contracts, migrations
	@scripts/check.sh

fix: setup-dev  ## let ruff mend what it can
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: setup-dev  ## one table: engine against its peers, import, pages
	@$(BIN)/python -m bench

lock: setup-dev  ## write requirements*.txt anew from requirements*.in, with hashes and without addresses
	@scripts/lock.sh

clean:  ## remove the virtual environment and caches; the data folder stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup:
	@scripts/bootstrap.sh run

setup-dev:
	@scripts/bootstrap.sh dev
