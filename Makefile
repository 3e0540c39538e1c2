# The commands for developers; `make` alone lists them.
# Everything is installed into .venv from requirements.lock, and again only when that or
# pyproject.toml changes: the second `make run` needs no network.

PYTHON ?= python3
ARGS ?=

BIN := .venv/bin
UV := $(BIN)/python -m uv
# pip reads dependency groups from 25.1 on, and Debian 12 has 23: uv does it.
UV_THERE = $(UV) --version > /dev/null 2>&1 || $(BIN)/python -m pip install -q uv
# All that running, testing and checking needs; what `bench` compares with is not pinned.
LOCKED := pyproject.toml --extra all --group test --group check --group docs
INSTALLED := .venv/installed
# A worker more than there are cores, for browsers wait as well; more than four only wait for each other.
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2> /dev/null || echo 3); echo $$((n < 4 ? n + 1 : 4)))
# Compiled modules are kept even where the environment forbids it: else every worker and every process
# that a test starts compiles all of them anew.
PYTEST = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
PROGRAMS = $(BIN)/python -m tools.chromium > /dev/null && $(BIN)/python -m tools.programs > /dev/null
RECENT := import sys; v = sys.version_info; \
	v >= (3, 11) or sys.exit("incident-map needs Python 3.11 or newer, and " + sys.executable \
	+ " is " + sys.version.split()[0] + ".\nName another: make run PYTHON=python3.12")

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-slow test-all test-long test-minimum check format docs pictures bench lock audit release-check clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(INSTALLED) ## start the app (ARGS="--data DIR" for another country)
	$(BIN)/incident-map serve $(ARGS)

test: check ## check, then run the tests of every day, in a real Chromium too (ARGS="-k name": all of that name)
	@$(PROGRAMS)
	$(PYTEST) $(or $(ARGS),-m "not slow")

test-slow: $(INSTALLED) ## run the tests that `make test` leaves out
	@$(PROGRAMS)
	$(PYTEST) -m slow $(ARGS)

test-all: check ## check, then run every test, as CI does
	@$(PROGRAMS)
	$(PYTEST) $(ARGS)

test-long: ## also the tests that take too long for every day; writes docs/explanation/reliability.md
	rm -rf build/reliability
	INCIDENT_MAP_LONG=1 $(MAKE) test-all
	$(if $(ARGS),,$(BIN)/python -m tools.reliability)

test-minimum: $(INSTALLED) ## the tests without browsers, with the oldest versions allowed
	@$(UV_THERE)
	$(UV) venv --quiet --clear --python $(BIN)/python .venv-minimum
	$(UV) pip compile $(LOCKED) --resolution lowest-direct --quiet --no-header \
		--python .venv-minimum -o .venv-minimum/lowest.txt
	$(UV) pip install --quiet --python .venv-minimum -r .venv-minimum/lowest.txt
	$(UV) pip install --quiet --python .venv-minimum --no-deps --no-build-isolation -e .
	.venv-minimum/bin/python -m pytest -n $(WORKERS) --dist worksteal -m "not browser" $(ARGS)

check: $(INSTALLED) ## lint, format, types and import contracts; of the scripts too where Node.js is installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.scripts

format: $(INSTALLED) ## format the code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(INSTALLED) ## build the documentation into build/docs and follow every link
	$(BIN)/python -m tools.docs

pictures: $(INSTALLED) ## take the pictures of docs/ again
	@$(PROGRAMS)
	$(BIN)/python -m tools.pictures
	$(BIN)/python -m tools.gallery

bench: $(INSTALLED) ## measure speed and size and write docs/explanation/performance.md (ARGS="--quick", ARGS="--only browser")
	@$(BIN)/python -m tools.chromium > /dev/null
	@{ $(UV_THERE); } && $(UV) pip install --quiet --python $(BIN)/python --group bench \
		|| echo >&2 "Some of the libraries to compare with could not be installed; the page says so."
	$(BIN)/python -m benchmarks.run $(ARGS)

lock: $(BIN)/python ## write requirements.lock again (ARGS=--upgrade for newer versions)
	@$(UV_THERE)
	env -u UV_INDEX -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
		$(UV) pip compile $(LOCKED) -o requirements.lock --quiet \
		--universal --python-version 3.11 --generate-hashes --no-header --no-config \
		--no-emit-index-url --no-emit-find-links $(ARGS)

audit: $(INSTALLED) ## check the pinned versions for known vulnerabilities (needs a network)
	@$(BIN)/python -m tools.audit

release-check: $(INSTALLED) ## check the version and build the wheel and the source archive
	@$(BIN)/python -m tools.release

clean: ## remove everything that make created, .venv too
	rm -rf .venv .venv-minimum build dist node_modules .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find geo tests tools -name __pycache__ -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock pyproject.toml | $(BIN)/python
	@$(BIN)/python -c '$(RECENT)'
	@echo "Installing what requirements.lock names into .venv; this happens once."
	$(BIN)/python -m pip install -q --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c '$(RECENT)'
	@$(PYTHON) -c 'import ensurepip' 2> /dev/null || { echo >&2 \
		"$(PYTHON) cannot make a virtual environment (on Debian and Ubuntu: apt install python3-venv)." \
		"With uv at hand, 'uv venv --seed .venv' does as well; then run make again."; exit 1; }
	$(PYTHON) -m venv .venv
