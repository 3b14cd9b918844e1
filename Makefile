# Everything a developer types. All logic lives in Python; each target is a line of help.
UV_VERSION := 0.13.9
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
PORT ?= 8000
CHANGES ?= 'programs.*' 'clients.readiness.*' 'clients.indicators.*' 'clients.plateau.*'
export UV_PYTHON_PREFERENCE := system
export UV_SYSTEM_CERTS := 1

.PHONY: help setup demo test lint types check deploy-check bench drill validate docs mutate lock

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.tools/bin/uv:
	python3 -m venv .tools && .tools/bin/pip install -q "uv==$(UV_VERSION)"

.venv/.stamp: requirements.lock requirements-dev.lock | $(filter .tools/bin/uv,$(UV))
	$(UV) venv -q --allow-existing .venv
	$(UV) pip sync -q --require-hashes requirements-dev.lock
	@touch $@

setup: .venv/.stamp ## install the locked environment into .venv

demo: setup ## a coach with a year of believable clients on http://127.0.0.1:8000 (PORT=…)
	@exec .venv/bin/python demo.py $(PORT)

test: setup ## the tests; what needs a browser, PostgreSQL or Redis skips with a reason
	.venv/bin/python -m pytest $(TESTS)

lint: setup ## style, templates, who imports whom
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/djlint --quiet --lint templates

types: setup ## strict types
	.venv/bin/mypy .

check: setup ## Django's own checks
	.venv/bin/python manage.py check
	.venv/bin/python manage.py makemigrations --check --dry-run

deploy-check: setup ## what Django says of a deployment with these settings
	.venv/bin/python manage.py check --deploy --fail-level WARNING

bench: setup ## performance, as ratios against a yardstick in the same run
	.venv/bin/python -m lab.benchmarks

drill: setup ## break things on purpose and count what was lost
	.venv/bin/python -m lab.drills

docs: setup ## write docs/exercises.md from the library
	.venv/bin/python -m lab.exercise_table

mutate: setup ## change the rules on purpose (CHANGES='clients.signs.*': the signs), and list what no test notices
	.venv/bin/mutmut run --max-children 2 $(CHANGES)
	@.venv/bin/mutmut results | grep -v 'not checked' || true

validate: setup ## simulate people, hold the five signs against the truth and today's practices, write docs/validation.md
	.venv/bin/python -m lab.validation

lock: | $(filter .tools/bin/uv,$(UV)) ## pin every dependency by version and hash
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
