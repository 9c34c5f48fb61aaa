"""The project as a package: its names, its locks, what it ships."""

from __future__ import annotations

import re
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest

import bot

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "knowledge", "scheduler")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")


def locked(name):
    """Return the versions in a lock by name."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)", "\n".join(lines), re.MULTILINE))


def tracked():
    """Return the files that git knows."""
    done = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  (wherever git is)
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    names = done.stdout.split("\0")[:-1]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


@pytest.mark.parametrize("name", PACKAGES)
def test_nobody_else_owns_our_names(name):
    assert set(packages_distributions().get(name, [])) <= {"linli"}


def test_tests_are_never_shipped():
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == list(PACKAGES)


def test_the_version_is_written_the_same_twice():
    assert PROJECT["project"]["version"] == bot.__version__


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text("utf-8")

    assert "://" not in text
    assert "--index" not in text
    assert text.count("--hash=sha256:") > len(locked(lock))


def test_everything_that_is_needed_is_locked():
    needed = {re.match(r"[\w-]+", need)[0] for need in PROJECT["project"]["dependencies"]}
    developed = {re.match(r"[\w-]+", need)[0] for need in PROJECT["dependency-groups"]["dev"]}

    assert needed <= locked("requirements.lock").keys()
    assert needed | developed <= locked("requirements-dev.lock").keys()


def test_tests_run_on_the_versions_that_are_shipped():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_of_code_is_a_package(package):
    bare = [
        str(path.parent.relative_to(ROOT))
        for path in (ROOT / package).rglob("*.py")
        if not (path.parent / "__init__.py").exists() and path.parent.name != "versions"
    ]

    assert bare == []


def test_no_file_names_a_folder_of_somebodys_machine():
    pattern = re.compile(rf"/(?:home|Users)/\w+/|{re.escape(str(ROOT))}/")
    guilty = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path != Path(__file__) and pattern.search(path.read_bytes().decode("utf-8", "replace"))
    ]

    assert guilty == []


def test_no_module_is_longer_than_a_person_can_hold():
    long = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if path.parent.name != "versions"  # a migration is written once
        if len(path.read_text("utf-8").splitlines()) > 300
    ]

    assert long == []


@pytest.mark.parametrize("lock", LOCKS)
def test_an_extra_is_pinned_with_its_package(lock):
    """Else pip, where hashes are asked for, refuses on the day on which the package has a newer version."""
    text = (ROOT / lock).read_text("utf-8")
    wanted = {found[1] for name in locked(lock) for found in asked_with_extras(name)}

    assert all(re.search(rf"^{re.escape(each)}==", text, re.MULTILINE) for each in wanted)


def asked_with_extras(name):
    """Return what the installed package `name` asks of others, as `package[extra]`."""
    try:
        lines = requires(name) or []
    except PackageNotFoundError:  # locked for another system
        return []
    always = [line for line in lines if "extra ==" not in line]
    return [found for line in always if (found := re.match(r"([\w.-]+\[[\w,-]+\])", line))]
