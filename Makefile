# The verbs. `make book` and `make test` are all a newcomer needs; each makes the environment first.
PYTHON ?= python3
BIN := .venv/bin
# uv installs the lock; its own version and hash come from the same lock.
UV_SETUP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .venv/uv.txt

.DEFAULT_GOAL := help
.PHONY: bench dask help html lighthouse setup spark book pdf serve lab test check lock picture clean

help: ## list these verbs
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

setup: .venv/ready ## create the environment in .venv from requirements.lock

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "Python 3.11 or newer is needed; $(PYTHON) is %d.%d. Try: make PYTHON=python3.12" % v[:2])'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python's venv module is incomplete: on Debian and Ubuntu, install the package python3-venv and try again." >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	@awk '/^[a-z]/ {wanted = /^uv==/} wanted && !/^ *#/' requirements.lock > .venv/uv.txt
	$(UV_SETUP)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode --requirement requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@! git rev-parse --git-dir > /dev/null 2>&1 || { \
	  git config diff.jupyternotebook.command '"$(CURDIR)/$(BIN)/git-nbdiffdriver" diff --ignore-id --ignore-details' && \
	  git config merge.jupyternotebook.driver '"$(CURDIR)/$(BIN)/git-nbmergedriver" merge %O %A %B %L %P' && \
	  git config merge.jupyternotebook.name 'jupyter notebook merge driver'; }
	@touch $@

spark: .venv/ready ## add Spark to the environment, for registers on a cluster (needs Java 17)
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements-spark.lock

dask: .venv/ready ## add Dask to the environment, for pages on a cluster
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements-dask.lock

html: .venv/ready ## add the HTML checker, for tests of the book (needs npm and Java)
	mkdir -p .venv/html && cp .ci/html/package.json .ci/html/package-lock.json .venv/html/
	npm ci --prefix .venv/html --ignore-scripts --no-audit --no-fund --silent

.venv/lighthouse/ready: .venv/ready .ci/lighthouse/package-lock.json
	mkdir -p .venv/lighthouse && cp .ci/lighthouse/package.json .ci/lighthouse/package-lock.json .venv/lighthouse/
	npm ci --prefix .venv/lighthouse --ignore-scripts --no-audit --no-fund --silent
	@touch $@

lighthouse: .venv/lighthouse/ready ## measure pages of the built book for speed and soundness (needs npm and Chromium)
	$(BIN)/python scripts/lighthouse.py $(PAGES)

book: .venv/ready ## execute what changed page and build the book into _build/book/
	$(BIN)/pfpp book

pdf: .venv/ready ## the same, and the whole book as one PDF, linked from its pages (needs Chromium)
	$(BIN)/pfpp book --pdf

serve: .venv/ready ## show the built book at a local address
	$(BIN)/pfpp serve

lab: .venv/ready ## open the notebooks in JupyterLab
	$(BIN)/pfpp lab

test: .venv/ready ## run every test, and re-execute every notebook against its stored outputs
	$(BIN)/python -m pytest --numprocesses auto --dist loadscope --nbval --nbval-kernel-name pfpp-warm tests pfpp_utils notebooks

check: .venv/ready ## style, types, data package, plan and notebooks; reports every failure
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/pfpp check || status=1; \
	exit $$status

lock: .venv/ready ## refresh requirements.lock and environment.yml from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml
	sed -n 's/^spark = \["\(.*\)"\].*/\1/p' pyproject.toml | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --constraint requirements.lock --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --output-file requirements-spark.lock -
	sed -n 's/^dask = \["\(.*\)"\].*/\1/p' pyproject.toml | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --constraint requirements.lock --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --output-file requirements-dask.lock -
	$(BIN)/python scripts/environment.py

bench: .venv/ready ## measure what is promised to be fast, as ratios within one run
	$(BIN)/python benchmarks/uncertainty.py
	$(BIN)/python benchmarks/spend.py
	$(BIN)/python benchmarks/engine.py
	$(BIN)/python benchmarks/authorities.py

picture: .venv/ready ## redraw the README's picture from the built book (needs Chromium)
	$(BIN)/python scripts/screenshot.py

clean: ## remove what was built; the environment and downloaded data stay
	rm -rf _build
