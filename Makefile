# Everything from a fresh checkout with Python 3.11 (or newer) and make. `make help` lists the targets.
#
# ARGS goes to the command (make serve ARGS="--port 9000"), PYTEST to pytest (make test PYTEST="-k store"),
# PYTHON names the interpreter to start from where `python3.11` or `python3` is not the right one.

VENV := .venv
PY := $(VENV)/bin/python
RUNTIME_FILES := pyproject.toml requirements.lock
DEV_FILES := $(RUNTIME_FILES) requirements-dev.lock

.DEFAULT_GOAL := help
.PHONY: help serve chat build check test lint wheel clean venv ready ready-to-test

help: ## list the targets
	@echo "Targets, each with all that it needs set up first:"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s%s\n", $$1, $$2 }'

serve: ready ## set up, then serve the chat at http://127.0.0.1:8000
	@exec $(VENV)/bin/advisor serve $(ARGS)

chat: ready ## set up, then talk in the terminal
	@exec $(VENV)/bin/advisor chat $(ARGS)

build: ready ## set up, then build the index ahead of the first question
	@$(VENV)/bin/advisor build $(ARGS)

check: ready ## set up, then validate the knowledge
	@$(VENV)/bin/advisor check $(ARGS)

test: lint ## set up, then run every check and every test
	@echo "==> pytest"
	@$(PY) -m pytest $(PYTEST)

lint: ready-to-test ## set up, then only what reads the code: ruff and mypy
	@echo "==> ruff check"
	@$(PY) -m ruff check .
	@echo "==> ruff format --check"
	@$(PY) -m ruff format --check --quiet .
	@echo "==> mypy"
	@$(PY) -m mypy

wheel: ready-to-test ## set up, then build a wheel into dist/
	@rm -rf build
	@$(PY) -m pip wheel --quiet --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

clean: ## remove all that these targets made, but no conversation
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find advisor knowledge web tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "==> Removed $(VENV) and what was built. Conversations and the index are kept outside the checkout."

# ---- setting up ------------------------------------------------------------------------------------

# An interrupted setup, or an interpreter since removed, leaves an environment without pip: made anew.
venv:
	@if ! $(PY) -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	  for python in "$(PYTHON)" python3.11 python3 python3.12 python3.13 python; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	      echo "==> Making an environment in $(VENV) with $$python"; \
	      rm -rf $(VENV); \
	      "$$python" -m venv $(VENV) && exit 0; \
	      echo "$$python cannot make an environment: install its venv module (on Debian: python3-venv)." >&2; \
	      exit 1; \
	    fi; \
	  done; \
	  echo "Python 3.11 or newer is needed, and none was found. Install it, or name it: make PYTHON=/path/to/python" >&2; \
	  exit 1; \
	fi

ready: venv
	$(call install,$(RUNTIME_FILES),requirements.lock,runtime,what the advisor runs on; a few minutes the first time)

ready-to-test: ready
	$(call install,$(DEV_FILES),requirements-dev.lock,dev,what the tests need)

# $(call install,FILES,LOCK,STAMP,WORDS): installs LOCK and the checkout, unless STAMP says that it was done
# for the very same content of FILES in this very place.
define install
	@key="$$(cat $(1) | cksum) in $(CURDIR)"; \
	if [ "$$(cat $(VENV)/$(3).stamp 2>/dev/null)" = "$$key" ]; then exit 0; fi; \
	echo "==> Installing $(2): $(4)"; \
	{ $(PY) -m pip install --no-input --disable-pip-version-check --progress-bar off -r $(2) 2>&1 \
	  && $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . 2>&1 \
	  || echo "pip gave up"; } | tee $(VENV)/install.log | awk '\
	  /^(Collecting|Processing) / { n++; sub(".*/", "", $$2); sub("-[0-9].*whl$$", "", $$2); line = line " " $$2; if (length(line) > 90) { print "   " line; line = ""; fflush() } } \
	  /^Installing collected/ { if (line) print "   " line; line = ""; print "    unpacking " n " packages"; fflush() } \
	  /^ERROR|^error|^pip gave up/ { print; fflush() } \
	  /^pip gave up/ { failed = 1 } \
	  END { exit failed }' \
	&& echo "$$key" > $(VENV)/$(3).stamp \
	|| { echo "The whole of what pip said is in $(VENV)/install.log. Run the same again to go on." >&2; exit 1; }
endef
