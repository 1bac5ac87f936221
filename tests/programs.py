"""Programs of the machine's own which tests use."""

import os
import shutil

import pytest

from tests import postgres


def needed(name: str, package: str, purpose: str) -> str:
    """Where it is; a test that misses it is skipped, where everything is checked it fails."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    missing = f"{name} (on Debian: package {package}) is not installed here: {purpose}"
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(missing)
    return found or pytest.skip(missing)


def server() -> str:
    """PostgreSQL's address, on the same terms."""
    try:
        return postgres.server()
    except postgres.Absent as absent:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"not run on PostgreSQL: {absent}")
