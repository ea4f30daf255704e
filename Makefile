# Every target sets up what it needs; nothing is installed twice.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
CLIENTS := .clients
SAMPLES := $(VENV)/sdk-samples
WEIGHTS := engine/ocr/weights
SETUP := $(VENV)/.installed node_modules/.installed $(SAMPLES)/.installed $(WEIGHTS)/.built

.PHONY: setup demo up test test-all test-clients promises lint bench bench-read bench-layout clean

setup: $(SETUP)

$(VENV)/.installed: requirements.txt requirements-dev.txt
	@echo "Setting up $(VENV) ..."
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

node_modules/.installed: package.json package-lock.json
	@echo "Installing Azurite ..."
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# The official samples are run unchanged by the tests; they are only in the source distribution.
$(SAMPLES)/.installed: $(VENV)/.installed
	@echo "Fetching the official samples ..."
	@mkdir -p $(SAMPLES)
	@$(RUN) -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: -d $(SAMPLES) \
		"$$(grep ^azure-ai-documentintelligence requirements-dev.txt)"
	@tar -xzf $(SAMPLES)/*.tar.gz -C $(SAMPLES) --strip-components=1
	@touch $@

$(WEIGHTS)/.built: $(VENV)/.installed requirements-models.txt engine/ocr/weights.py engine/ocr/language_data.py
	@echo "Fetching the weights of the text recognition ..."
	@$(RUN) -m engine.ocr.build
	@touch $@

demo: $(SETUP)
	@$(RUN) -m local demo

up: $(SETUP)
	@exec $(RUN) -m local up

# Files of tests are shared out to two processes: most of the time is the processor's.
test: $(SETUP)
	@$(RUN) -m pytest -m "not slow" -n 2 --dist loadfile

test-all: $(SETUP)
	@$(RUN) -m pytest

$(CLIENTS)/.installed: requirements-clients.txt
	@echo "Setting up $(CLIENTS) ..."
	@$(PYTHON) -m venv $(CLIENTS)
	@$(CLIENTS)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-clients.txt
	@touch $@

# Frameworks and tools built on Document Intelligence, told only another endpoint and key.
test-clients: $(SETUP) $(CLIENTS)/.installed
	@$(RUN) -m pytest tests/wire/test_clients.py

promises: $(SETUP)
	@$(RUN) -m tests.promises.report

lint: $(VENV)/.installed
	@$(RUN) -m ruff format --check .
	@$(RUN) -m ruff check .
	@$(RUN) -m mypy

bench: $(SETUP)
	@for bench in size engine cage seal latency throughput; do echo "== $$bench"; $(RUN) -m bench.$$bench || exit 1; done

# Real scans beside other readers; needs what the scorer and the rivals need, see bench/README.md.
bench-read: $(SETUP)
	@for bench in read calibration barcodes cost; do echo "== $$bench"; $(RUN) -m bench.$$bench || exit 1; done

# Documents with their structure beside other tools; needs documents and a scorer, see bench/README.md.
bench-layout: $(SETUP)
	@$(RUN) -m bench.layout $(if $(PEERS),--peers $(PEERS))
	@$(RUN) -m bench.forms

clean:
	rm -rf $(VENV) $(CLIENTS) $(WEIGHTS) node_modules .data .mypy_cache .ruff_cache .pytest_cache .hypothesis
