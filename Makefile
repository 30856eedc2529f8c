# One command a newcomer can trust: every target sets up what it needs, in .venv.
# Needs Python 3.11 or later with venv and pip, and nothing else.
#
#   make test PYTHON=python3.12 PYTEST="-k ladder"     another Python, a choice of tests
#   make check VENV=/some/where                        another environment

VENV ?= .venv
PYTHON ?=
PYTEST ?=
JOBS ?= 2
UV ?= uv

REPORTS = $(patsubst cases/%/case.yaml,reports/%.pdf,$(wildcard cases/*/case.yaml)) reports/minimumloon.en.pdf
AXE = axe-core@4.14.1

bin = $(VENV)/bin
say = @printf '• %s\n'

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL = help
.DELETE_ON_ERROR:
.PHONY: help report $(REPORTS) test browser check format docs site site-test lowest extras spark-test lock wheel bench clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

report: $(REPORTS)  ## Write the reports of the shipped cases to reports/
	$(say) "done: reports/ holds $(words $(REPORTS)) reports, each as PDF and as HTML; begin with reports/minimumloon.en.pdf"
	@echo '  Next, a case of your own:'
	@echo '    . $(bin)/activate'
	@echo '    evalkit new mijn-evaluatie && evalkit report mijn-evaluatie'
	@echo '  and docs/start/quick-start.md says what you see (docs/start/snel-beginnen.md in Dutch).'

# Always made again: what a report depends on is for evalkit to know.
$(REPORTS): reports/%.pdf: $(VENV)/.stamp-run $(VENV)/.stamp-pango
	$(say) "report $$(printf '%s\n' $(REPORTS) | grep -nxF '$@' | cut -d: -f1) of $(words $(REPORTS)): $*; a long one takes a minute or two"
	@mkdir -p reports
	@$(bin)/evalkit report $(basename $*) --format pdf,html -o $@ $(if $(suffix $*),--lang $(subst .,,$(suffix $*)))

test: $(VENV)/.stamp-dev $(VENV)/.stamp-pango $(VENV)/.stamp-poppler  ## Run the tests
	$(say) "tests"
	@$(bin)/python -m pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder $(PYTEST)

browser: $(VENV)/.stamp-chromium $(VENV)/.stamp-axe  ## Get a browser and axe-core, for the tests of the HTML report

check: $(VENV)/.stamp-dev  ## Check layout, lint, types and layers
	@failed=; \
	echo '• layout'; $(bin)/ruff format --quiet --check . || failed="$$failed layout"; \
	echo '• lint'; $(bin)/ruff check --quiet . || failed="$$failed lint"; \
	echo '• types'; $(bin)/mypy --no-error-summary || failed="$$failed types"; \
	echo '• layers'; $(bin)/lint-imports --no-cache > $(VENV)/layers.log 2>&1 \
		|| { cat $(VENV)/layers.log; failed="$$failed layers"; }; \
	test -z "$$failed" || { echo "not clean:$$failed"; exit 1; }

format: $(VENV)/.stamp-dev  ## Lay out the code and mend what lint can mend
	@$(bin)/ruff format .
	@$(bin)/ruff check --fix .

docs: $(VENV)/.stamp-run  ## Write the pages that are made: docs/methodology/, docs/ladders.md and docs/gallery.md
	$(say) "docs/methodology/, docs/ladders.md, docs/gallery.md"
	@$(bin)/python docs/methodology.py
	@$(bin)/python docs/ladders.py
	@$(bin)/python docs/gallery.py

site: $(VENV)/.stamp-dev  ## Build the docs site in site/
	$(say) "site/"
	@NO_MKDOCS_2_WARNING=1 $(bin)/python -m mkdocs build --strict --quiet

site-test: $(VENV)/.stamp-dev $(VENV)/.stamp-pango  ## Follow every page of the site as a reader would
	$(say) "tests of the site"
	@EVALKIT_SITE=1 $(bin)/python -m pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder \
		tests/docs/test_site_blocks.py tests/docs/test_site_browser.py

# The tests of what leans on packages most; their warnings are those of versions of years ago.
LOWEST ?= $(VENV)/lowest
LOWEST_TESTS ?= tests/unit/model tests/unit/language tests/unit/panel tests/unit/io tests/unit/cli \
	tests/unit/test_notebook.py tests/reference/group_time tests/reference/twfe

lowest: $(VENV)/.stamp-dev $(VENV)/.stamp-pango  ## Run a core of the tests with the lowest versions that are allowed; needs uv
	@command -v $(UV) > /dev/null || { echo 'make lowest needs uv: pip install uv, or make lowest UV=/its/bin/uv' >&2; exit 1; }
	$(say) "$(LOWEST), with the lowest versions of pyproject.toml"
	@$(UV) venv --quiet --clear --python $(bin)/python $(LOWEST)
	@$(UV) pip install --quiet --python $(LOWEST)/bin/python --resolution lowest-direct \
		-r pyproject.toml --extra parquet --extra big 'pytest>=8.3' 'hypothesis>=6.115' 'jsonschema>=4.23' 'polars>=1.10'
	@PYTHONPATH="$(CURDIR)" $(LOWEST)/bin/python -m pytest -q -p no:cacheprovider -o filterwarnings= \
		-o addopts=--import-mode=importlib $(LOWEST_TESTS)

# The versions of the lock without its hashes, which pip would ask of what stands in no lock.
versions = sed -n 's/^\([A-Za-z0-9][^ ]*==.*[^ ]\) *\\$$/\1/p' requirements-dev.lock

extras: $(VENV)/.stamp-dev  ## See whether all extras can be installed beside the lock; downloads Spark
	$(say) "extras beside the lock"
	@$(versions) > $(VENV)/versions.txt
	@$(bin)/python -m pip install --quiet --dry-run -c $(VENV)/versions.txt '.[parquet,big,spark]'

SPARK ?= $(VENV)/spark

spark-test: $(VENV)/.stamp-spark $(VENV)/.stamp-java  ## Run the tests of panels on Spark, which takes minutes
	$(say) "tests on Spark"
	@$(SPARK)/bin/python -m pytest -q -p no:cacheprovider -k 'spark or sqlite' $(PYTEST) \
		-W ignore::ResourceWarning -W ignore::pytest.PytestUnraisableExceptionWarning \
		tests/unit/panel/test_ibis.py tests/reference/engine

wheel: $(VENV)/.stamp-dev  ## Build the wheel and the source archive in dist/
	$(say) "dist/"
	@$(bin)/python -m build --no-isolation --outdir dist . > $(VENV)/build.log 2>&1 \
		|| { cat $(VENV)/build.log; exit 1; }

bench: $(VENV)/.stamp-dev $(VENV)/.stamp-pango  ## Run the timings in benchmarks/
	@for script in benchmarks/*.py; do \
		test -e "$$script" || continue; \
		printf '• %s\n' "$$script"; \
		$(bin)/python "$$script" || exit 1; \
	done

clean:  ## Remove the environment and everything that was made, except reports/
	rm -rf $(VENV) dist build site .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +


# The environment. A stamp says that a step was done for the lock as it is now.

# Never cleared: an environment that was made in another way (uv leaves pip out) is given pip, and
# keeps what stands in it. `make clean` begins anew.
$(VENV)/.stamp-venv:
	@for python in $(or $(PYTHON),python3.13 python3.12 python3.11 python3); do \
		if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then \
			printf '• %s, with %s\n' '$(VENV)' "$$("$$python" --version)"; \
			"$$python" -m venv $(VENV) || exit 1; \
			if $(bin)/python -m pip --version > /dev/null 2>&1; then touch $@; exit 0; fi; \
			echo '$(VENV) has no pip that works: move it away, or make clean, and try again' >&2; exit 1; \
		fi; \
	done; \
	echo 'evalkit needs Python 3.11 or later with venv and pip, and none was found:' >&2; \
	echo '  Debian, Ubuntu   apt-get install python3 python3-venv' >&2; \
	echo '  Fedora           dnf install python3' >&2; \
	echo '  macOS            brew install python' >&2; \
	echo 'One that is not on the PATH:   make PYTHON=/its/bin/python3' >&2; \
	exit 1

$(VENV)/.stamp-run: $(VENV)/.stamp-venv requirements.lock requirements-build.lock pyproject.toml
	$(say) "packages (once)"
	@$(bin)/python -m pip install --quiet --require-hashes --only-binary :all: \
		-r requirements.lock -r requirements-build.lock
	@$(bin)/python -m pip install --quiet --no-index --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.stamp-dev: $(VENV)/.stamp-run requirements-dev.lock
	$(say) "packages for development (once)"
	@$(bin)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@


# Spark stands apart, or every run of the tests would start it. It leaves sockets open, of which the
# tests would otherwise make faults.
$(VENV)/.stamp-spark: $(VENV)/.stamp-dev pyproject.toml
	$(say) "$(SPARK), with Spark (once)"
	@$(versions) > $(VENV)/versions.txt
	@$(bin)/python -m venv --clear $(SPARK)
	@$(SPARK)/bin/python -m pip install --quiet -c $(VENV)/versions.txt \
		hypothesis polars pytest 'ibis-framework[sqlite]' -e '.[parquet,big,spark]'
	@touch $@


# Libraries outside Python: Pango for WeasyPrint, pdftoppm for the tests that look at pages.

pango_found = $(bin)/python -c 'import sys; from weasyprint.text import ffi; sys.exit(ffi.harfbuzz_subset is None)' > /dev/null 2>&1
poppler_found = command -v pdftoppm > /dev/null

# $(call system,what,test,Debian packages,Fedora packages,Homebrew packages)
define system
@if $(2); then touch $@; exit 0; fi; \
if command -v apt-get > /dev/null; then \
	if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2> /dev/null; then as='sudo -n'; else as=no; fi; \
	if [ "$$as" != no ]; then \
		printf '• %s, by apt-get\n' '$(1)'; \
		{ $$as apt-get -qq update; \
		  $$as env DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
			-o DPkg::Lock::Timeout=300 install --no-install-recommends $(3); \
		} < /dev/null > $(VENV)/apt.log 2>&1 || cat $(VENV)/apt.log >&2; \
		if $(2); then touch $@; exit 0; fi; \
	fi; \
fi; \
echo '$(1) is missing. Install it and try again:' >&2; \
echo '  Debian, Ubuntu   apt-get install $(3)' >&2; \
echo '  Fedora           dnf install $(4)' >&2; \
echo '  macOS            brew install $(5)' >&2; \
exit 1
endef

$(VENV)/.stamp-pango: $(VENV)/.stamp-run
	$(call system,Pango (for WeasyPrint),$(pango_found),libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0,pango,pango)

# After Pango, so that two runs of apt-get never meet.
$(VENV)/.stamp-poppler: $(VENV)/.stamp-pango
	$(call system,pdftoppm (for the tests),$(poppler_found),poppler-utils,poppler-utils,poppler)


$(VENV)/.stamp-java: $(VENV)/.stamp-run
	$(call system,Java (for Spark),command -v java > /dev/null,default-jre-headless,java-17-openjdk-headless,openjdk@17)


# A browser and axe-core, for the tests of the HTML report; without them these tests are skipped.

chromium_found = command -v chromium > /dev/null || command -v google-chrome > /dev/null

$(VENV)/.stamp-chromium: $(VENV)/.stamp-run
	$(call system,Chromium (for the tests of the HTML report),$(chromium_found),chromium,chromium,chromium)

$(VENV)/.stamp-axe: $(VENV)/.stamp-run
	$(say) "$(AXE), by npm"
	@mkdir -p $(VENV)/axe-core
	@cd $(VENV)/axe-core && npm pack --silent $(AXE) > /dev/null && tar xzf axe-core-*.tgz
	@touch $@


# The locks name no address: whoever installs decides where the packages come from,
# and the hashes decide which packages they are.

compile = UV_CUSTOM_COMPILE_COMMAND='make lock' $(UV) pip compile --quiet --upgrade --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links

lock:  ## Renew the lock files with uv
	@command -v $(UV) > /dev/null || { echo 'make lock needs uv: pip install uv, or make lock UV=/its/bin/uv' >&2; exit 1; }
	$(say) "requirements.lock"
	@$(compile) pyproject.toml -o requirements.lock
	$(say) "requirements-dev.lock"
	@$(compile) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	$(say) "requirements-build.lock"
	@$(compile) --group build -c requirements-dev.lock -o requirements-build.lock
