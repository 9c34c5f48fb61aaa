# `just` lists the recipes; everything also runs without just.

_default:
    @just --list

# start a demo community
run *ARGS:
    python3 start.py {{ if ARGS == "" { "" } else { "-- " + ARGS } }}

# the whole test suite, or part of it
test *ARGS:
    python3 start.py test {{ARGS}}

# what CI runs
check:
    .ci/run

# style, types, layers, safety, spelling
lint:
    .ci/lint

# put files into shape
format:
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .

# test coverage, branches too
cover:
    python3 start.py test --cov --cov-report=term

# resolve the dependencies anew (no address may stand in a lock)
lock:
    uv pip compile pyproject.toml --universal --generate-hashes --no-strip-extras --no-header --python-version 3.11 --upgrade -q -o requirements.lock
    uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-strip-extras --no-header --python-version 3.11 --upgrade -q -o requirements-dev.lock

# the Chinese for click's own sentences, after a change of the .po
words:
    msgfmt --check -o bot/words/zh_CN/LC_MESSAGES/linli.mo bot/words/zh_CN/LC_MESSAGES/linli.po

# the pictures of README and docs, taken from the running demo
pictures:
    .venv/bin/python -m tests.browser.pictures
