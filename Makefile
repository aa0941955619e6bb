# make run: start the server.  make test: all tests.  make demo: watch the bots play the meeting.

PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 4

.PHONY: run demo test check types collected format lock screenshots bench clean browser

run: $(VENV)/.run
	$(BIN)/python run.py $(ARGS)

demo: $(VENV)/.run
	$(BIN)/python run.py demo $(ARGS)

bench: $(VENV)/.run
	$(BIN)/python run.py bench all $(ARGS)

# The tests start the server a hundred times; what Python has compiled is kept for all of them.
test: $(VENV)/.dev browser
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@$(MAKE) --no-print-directory -j 2 types collected
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint templates --lint --quiet
	cd static && ../$(BIN)/biome ci --error-on-warnings
	$(BIN)/biome ci --error-on-warnings --config-path=static templates/folder/index.css

types:
	$(BIN)/mypy

# Every test can be found. What Python has compiled on the way is kept, or each of the workers of `make test` compiles
# all tests; beside mypy, which takes one core, it costs no time.
collected:
	@said=$$(PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --collect-only -q 2>&1) || { echo "$$said" | tail -n 50; exit 1; }

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd static && ../$(BIN)/biome check --write
	$(BIN)/biome check --write --config-path=static templates/folder/index.css

screenshots: $(VENV)/.dev browser
	$(BIN)/python -m tests.screenshots

# Names, versions and hashes only: no address of an index goes into a lock.
lock: $(VENV)/.dev
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-annotate --no-header --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-annotate --no-header --quiet -o requirements-dev.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Kaimen needs Python 3.11 or newer, and none was found."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python has no working venv module. On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# The browser tests need Chromium and a Chinese font; as root on Debian they are installed. Chromium's headless shell will
# do, and takes half the time.
browser:
	@{ command -v chromium-headless-shell || command -v chromium; } >/dev/null && fc-list :lang=zh | grep -q . || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null || { \
			echo "The browser tests need chromium and a Chinese font (fonts-noto-cjk). Please install them."; exit 1; }; \
		apt-get update -qq && for each in chromium-headless-shell chromium; do \
			apt-get install -y -qq --no-install-recommends $$each fontconfig fonts-noto-cjk >/dev/null && exit; done; exit 1; }
