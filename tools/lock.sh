#!/bin/sh
# Writes the three lock files again: what the bot runs on, what its tests need besides, and uv itself.
# They hold exact versions and hashes, and no download addresses, so any mirror serves them.
#     tools/lock.sh                  keep the versions that still fit pyproject.toml
#     tools/lock.sh --upgrade        raise everything (or --upgrade-package NAME)
set -eu
cd "$(dirname "$0")/.."
PATH=$PWD/.tools/uv/bin:$PATH

lock() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --custom-compile-command tools/lock.sh "$@"
}

lock pyproject.toml --output-file requirements.lock "$@"
lock pyproject.toml --group dev --constraints requirements.lock \
    --output-file requirements-dev.lock "$@"
echo uv | lock - --no-annotate --output-file requirements-uv.lock "$@"
