# make brief      from nothing to a finished PDF; the last line printed is its path
# make test       everything CI runs
# Set-up is part of both: system libraries, Python packages, once. See .ci/setup.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-test brief look docs test lint check bench locale lock clean

BRIEF   ?= balochistan
DATE    ?= 2026-01-31
WORKERS ?= $(shell cores=$$(nproc); echo $$(( cores < 8 ? cores + 1 : 8 )))
BENCH   ?=
LOOK    ?=
BIN     := .venv/bin

# One worker more than there are cores, for tests wait a third of their time: for relays, locks, and processes to end. A second
# more took longer on two cores (940 s, not 866). Eight at most, for each takes half a gigabyte of memory.
# A file's tests stay together, for they share what they made; tests/conftest.py begins with the longest files.
SIDE_BY_SIDE = -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# Bytecode is what makes the second start quick.
unexport PYTHONDONTWRITEBYTECODE

help: ## Say what can be made
	@printf 'Briefings\n\n'
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'
	@printf '\n  BRIEF=%s DATE=%s choose another brief or day.\n' '$(BRIEF)' '$(DATE)'

setup: ## Install what is missing on this machine (Debian, Ubuntu)
	@.ci/setup

setup-test:
	@.ci/setup test

# Status 3 means that a brief was made and something was noticed on the way; what, is printed above its path.
brief: setup ## Make a situation brief; ends with the path of the PDF
	@$(BIN)/briefings make $(BRIEF) -p date=$(DATE) || [ $$? -eq 3 ]

# Pictures are made by pdftoppm, of the package poppler-utils, which setup-test installs where it is missing.
look: setup-test ## Print every page of the demo as PNG into reports/look: types, themes, languages (LOOK="--theme plain")
	@$(BIN)/python tests/look.py $(LOOK)

docs: setup ## Build the manual and serve it to a browser on this machine; prints its address
	@$(BIN)/python -m briefings.manual.build

# Types take a minute on one core the first time, so tests begin beside it; what is found in types is told, and fails, at the end.
test: setup-test ## Check style and types, and run every test
	@$(MAKE) --no-print-directory --silent style-only
	@found=$$(mktemp); $(BIN)/mypy > "$$found" 2>&1 & types=$$!; \
	trap 'kill $$types 2> /dev/null || true; rm -f "$$found"' EXIT; \
	tests=0; $(BIN)/python -m pytest $(SIDE_BY_SIDE) || tests=$$?; \
	sound=0; wait $$types || sound=$$?; cat "$$found"; exit $$((tests + sound))

lint: setup ## Check style and types only
	@$(MAKE) --no-print-directory --silent lint-only

.PHONY: lint-only style-only
lint-only: style-only
	@$(BIN)/mypy

style-only:
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

check: setup ## Check style and types, and run the tests that take no kernel, PDF or browser
	@$(MAKE) --no-print-directory --silent lint-only
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m 'not slow'

bench: setup ## Time a save, mail, and briefs beside their peers; with BENCH=DIR, score the reading of that folder of marked articles
	@if test -z '$(BENCH)'; then $(BIN)/python tests/benchmarks/editing.py && $(BIN)/python tests/benchmarks/delivery.py && \
	exec $(BIN)/python tests/benchmarks/running.py; fi; \
	test -d '$(BENCH)/dev' || { echo 'bench: no folder $(BENCH)/dev' >&2; exit 2; }; \
	out=$$(mktemp); trap 'rm -f "$$out"' EXIT; \
	$(BIN)/briefings extract '$(BENCH)'/dev/*.txt --jsonl > "$$out"; \
	$(BIN)/python '$(BENCH)/score_claims.py' '$(BENCH)/dev' "$$out" --worst 5

locale: setup ## Bring the catalogues of other languages in step with code and templates
	@$(BIN)/python -m briefings.locale.build

lock: ## Bring the pinned packages up to date
	@.ci/setup uv lock --upgrade

clean: ## Remove what can be made again: environment and caches; reports and the store stay
	rm -rf .venv .briefings/uv .briefings/manual .mypy_cache .ruff_cache .pytest_cache dist .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
