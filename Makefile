# make            install what is locked, then build, test and publish the warehouse
# make test       every test: Python's, on a build of their own in which dbt's tests (unit and data) run
# make build      build, test and publish, when something has changed since that was last done
# make lint       format, style, types and structure
# make dashboard  the dashboard on the published file
# make takeaways  the meeting brief, the workbook, the open data and the documentation site, in uttak/
# make test-tools what the tests of what is shown, printed and sent need: Chromium, LibreOffice and strace from Debian's
#                 packages, and axe-core from npm
# make test-engines  PostgreSQL and Spark build the same marts as DuckDB (docs/motorer.md); installs both, 1 GB
# make benchmark  what builds cost beside plain dbt, a bare script and SQLMesh: the small project, and a state of 3.4 and of
#                 20 million postings; an hour, 30 GB of disk
# make stress     an hour or two of readers during publishing and of killed builds (docs/drift.md has what came of it)
# make docs       the documentation site alone
# make clean      remove what the build leaves (not the published versions)

PYTHON ?= python3
VENV := .venv
ENGINES := .venv-motorer
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: all build test lint format dashboard takeaways test-tools test-engines benchmark stress docs lock clean

all: build

# The stamp is written last: an interrupted install starts over.
$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 eller nyere trengs; denne er " + sys.version.split()[0] + ". Velg en annen med: make PYTHON=/sti/til/python3.11")'
	@echo "Installerer låste avhengigheter i $(VENV) (om lag et halvt minutt) …"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

build: $(INSTALLED)
	@$(BIN)/styring bygg

# In the order of the files: xdist's own is by number of tests, so that the few that build whole warehouses come last, alone.
test: $(INSTALLED)
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: $(INSTALLED)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/yamllint --strict .
	@mkdir -p target/lint
	@STYRING_DUCKDB=target/lint/warehouse.duckdb $(BIN)/sqlfluff lint --disable-progress-bar models tests

format: $(INSTALLED)
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/sqlfluff fix --quiet models tests

dashboard: $(INSTALLED)
	@$(BIN)/streamlit run dashboards/tjener.py

takeaways: $(INSTALLED)
	@$(BIN)/styring uttak

test-tools:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || set -- chromium fonts-dejavu-core; \
	command -v soffice >/dev/null || set -- "$$@" libreoffice-calc-nogui libreoffice-writer-nogui fonts-crosextra-carlito; \
	command -v strace >/dev/null || set -- "$$@" strace; \
	command -v npm >/dev/null || set -- "$$@" npm; \
	[ $$# -eq 0 ] || { \
		[ "$$(id -u)" -eq 0 ] || { echo "Installer først pakkene (som root): apt-get install $$*" >&2; exit 1; }; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$$@"; }
	@npm ci --prefix tests/nettleser --no-audit --no-fund

$(ENGINES)/.installed: requirements-motorer.lock pyproject.toml
	@$(PYTHON) -m venv --clear $(ENGINES)
	@$(ENGINES)/bin/python -m pip install --quiet --require-hashes -r requirements-motorer.lock
	@$(ENGINES)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

test-engines: $(ENGINES)/.installed
	@command -v java >/dev/null || set -- default-jre-headless; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || set -- "$$@" postgresql; \
	[ $$# -eq 0 ] || { \
		[ "$$(id -u)" -eq 0 ] || { echo "Installer først pakkene (som root): apt-get install $$*" >&2; exit 1; }; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "$$@"; }
	@$(ENGINES)/bin/python -m pytest tests/motorer

benchmark: $(INSTALLED)
	@$(BIN)/python -m tests.ytelse.lite_prosjekt --sqlmesh
	@$(BIN)/python -m tests.ytelse.volum --rader 3400000 --rader 20000000

stress: $(INSTALLED)
	@$(BIN)/python -m tests.belastning.lesere
	@$(BIN)/python -m tests.belastning.drap

docs: $(INSTALLED)
	@$(BIN)/styring dokumentasjon

# Needs uv; writes hashes for every platform and names no registry.
lock:
	uv pip compile pyproject.toml --extra utvikling --universal --no-strip-extras --python-version 3.11 --generate-hashes --quiet -o requirements.lock
	uv pip compile pyproject.toml --extra utvikling --extra motorer --constraint requirements.lock --universal --no-strip-extras --python-version 3.11 --generate-hashes --quiet -o requirements-motorer.lock

clean:
	@rm -rf target logs
