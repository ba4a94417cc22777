# Two commands on a fresh machine: make run, make test. Both bring everything they need.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
# Certificates of the system, so that a company's own mirror is trusted
export UV_SYSTEM_CERTS := true

PYTHON := .venv/bin/python
UV := $(shell command -v uv || echo .tools/bin/uv)
UV_RUN := PYTHONPATH= $(UV)

help: ## What can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 20

run: environment .env ## Start the assistant and print the address of a page with the widget
	@exec $(PYTHON) -m bot serve

test: environment .env ## Everything that CI checks: style, types, layers, content, model, all tests
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m bot faq check
	$(PYTHON) -m bot train $(TRAIN_OPTIONS)
	$(PYTHON) -m pytest $(PYTEST_OPTIONS)

environment: .venv/.locked ## The Python environment, from requirements.lock

.venv/.locked: requirements.lock .python-version $(wildcard packaging/tensorflow/src/tensorflow/*.py) | $(UV)
	@echo "Preparing the environment (about a minute on a fresh machine)"
	@test -x $(PYTHON) && $(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' \
	  || $(UV_RUN) venv --quiet --clear --python 3.10 .venv
	@$(UV_RUN) pip sync --quiet --python $(PYTHON) --reinstall-package tensorflow requirements.lock
	@touch $@

stock-environment: .venv-stock/.locked ## Rasa as it comes, with TensorFlow, for evaluate --against stock

.venv-stock/.locked: packaging/stock/requirements.lock .python-version | $(UV)
	@echo "Preparing the stock environment (about 2 GB)"
	@test -x .venv-stock/bin/python || $(UV_RUN) venv --quiet --clear --python 3.10 .venv-stock
	@$(UV_RUN) pip sync --quiet --python .venv-stock/bin/python packaging/stock/requirements.lock
	@touch $@

.tools/bin/uv:
	@echo "Fetching uv, which fetches the rest"
	@python3 -m pip install --quiet --disable-pip-version-check --target .tools --upgrade 'uv>=0.5' \
	  || { echo "python3 with pip is needed: install it and run make again" >&2; exit 1; }

.env:
	@python3 -c "import secrets, re; text = open('.env.example').read(); \
	  open('.env', 'w').write(re.sub('(?m)^RASA_SHARED_SECRET=.*', 'RASA_SHARED_SECRET=' + secrets.token_urlsafe(32), text))"
	@chmod 600 .env
	@echo "Wrote .env from .env.example, with a secret of its own"

encoder-environment: .venv-encoder/.locked ## The environment that trains and compares sentence encoders, with PyTorch

# With the machine's own python3 and pip (seen from /, where .python-version does not bind it): no uv, which passes by wheels that
# pip is configured to find.
.venv-encoder/.locked: requirements-encoder.txt
	@echo "Preparing the encoder's environment (PyTorch: some minutes)"
	@cd / && python3 -m venv --clear '$(CURDIR)/.venv-encoder'
	@.venv-encoder/bin/pip install --quiet --disable-pip-version-check --requirement requirements-encoder.txt
	@touch $@

COMPILE := pip compile --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-header --quiet

lock: | $(UV) ## Resolve the dependencies of pyproject.toml anew into requirements.lock
	@$(UV_RUN) $(COMPILE) pyproject.toml --group dev --output-file requirements.lock

stock-lock: | $(UV) ## The same for the stock environment
	@$(UV_RUN) --project packaging/stock $(COMPILE) packaging/stock/pyproject.toml \
	  --output-file packaging/stock/requirements.lock

widget: ## Build the widget anew (needs npm)
	cd bot/widget && npm ci && npm run check && npm run build

clean: ## Take away the environment, the models and the databases
	rm -rf .venv .venv-stock .venv-encoder .tools models/*.tar.gz models/*.sha256 var .rasa

.PHONY: help run test environment stock-environment encoder-environment lock stock-lock widget clean
