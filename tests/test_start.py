"""`start.py`: two commands, nothing but Python, one Chinese sentence when it cannot."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import start

pytestmark = pytest.mark.long
ROOT = Path(__file__).parent.parent
PROGRAM = """
import pathlib, sys
print("linli", *sys.argv[1:], "in", pathlib.Path.cwd().name)
"""


class Checkout:
    """A checkout with a small program of the same name and nothing to install."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "bot").mkdir(parents=True)
        (folder / "bot/__init__.py").touch()
        (folder / "bot/__main__.py").write_text(PROGRAM)
        shutil.copy(ROOT / "start.py", folder)
        for lock in ("requirements.lock", "requirements-dev.lock"):
            (folder / lock).write_text("# nothing\n")

    def start(self, *args, before="pass"):
        """Run `start.py`, first changing what `before` says; return code and what was printed."""
        code = f"import sys, start; {before}; sys.exit(start.main(sys.argv[1:]))"
        done = subprocess.run(
            [sys.executable, "-c", code, *args],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout in a folder with a space and Chinese in its name."""
    return Checkout(tmp_path_factory.mktemp("start") / "我的 社区")


@pytest.fixture(scope="module")
def first(checkout):
    """What the first start did."""
    return checkout.start()


@pytest.fixture
def prepared(checkout, first):
    """The checkout after its first start."""
    del first
    return checkout


@pytest.fixture
def fresh(tmp_path):
    return Checkout(tmp_path / "checkout")


def test_the_first_start_prepares_and_runs_the_demo(first):
    code, output = first

    assert code == 0, output
    assert output.splitlines() == [
        "正在准备，第一次大约半分钟……",
        "linli run --demo --open in 我的 社区",
    ]


def test_the_second_start_goes_straight_to_it(prepared):
    assert prepared.start() == (0, "linli run --demo --open in 我的 社区\n")


def test_the_program_is_compiled_once_even_where_python_keeps_no_compiled_files(prepared):
    prepared.start(before="sys.dont_write_bytecode = True")

    assert list(prepared.folder.glob("bot/__pycache__/__main__.*.pyc"))


def test_lan_alone_opens_the_demo_to_the_local_network(prepared):
    expected = "linli run --demo --open --lan in 我的 社区\n"
    assert prepared.start("--lan") == (0, expected)


def test_what_follows_two_dashes_goes_to_linli(prepared):
    assert prepared.start("--", "ask", "老年卡 怎么办") == (
        0,
        "linli ask 老年卡 怎么办 in 我的 社区\n",
    )


def test_a_changed_lock_is_installed_again(prepared):
    (prepared.folder / "requirements.lock").write_text("# another\n")

    assert "正在准备" in prepared.start()[1]
    assert "正在准备" not in prepared.start()[1]


def test_packages_come_from_a_folder_where_there_is_no_network(prepared):
    (prepared.folder / "requirements.lock").write_text("nothing==1 --hash=sha256:" + "0" * 64)

    for words in (["--wheels"], ["--wheels", "收着的"]):
        code, output = prepared.start(*words)
        assert code == 1
        assert "start.py collect" in output
        assert ("没有文件夹" in output) == (len(words) > 1)
    (prepared.folder / "收着的").mkdir()
    code, output = prepared.start("--wheels", "收着的")

    assert code == 1
    assert output.splitlines()[-1] == "软件源里没有需要的版本：请换一个完整的软件源，再运行一次。"
    (prepared.folder / "requirements.lock").write_text("# nothing\n")
    code, output = prepared.start("--wheels", "收着的", "--", "version")
    assert (code, output.splitlines()[-1]) == (0, "linli version in 我的 社区")


def test_the_command_linli_works_from_anywhere(prepared, tmp_path):
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    output = subprocess.run(
        [prepared.folder / ".venv/bin/linli", "check"],
        env=alone,
        cwd=tmp_path,
        capture_output=True,
        check=True,
    ).stdout

    assert output.decode() == f"linli check in {tmp_path.name}\n"


def test_the_test_command_says_what_it_cannot_test(prepared):
    _, output = prepared.start("test", before="start.CHROMIUMS = ()")

    assert "跳过浏览器测试" in output


def test_an_old_python_is_one_sentence(fresh):
    code, output = fresh.start(before="start.OLDEST = (9, 0)")

    assert code == 1
    assert output.startswith("需要 Python 3.11 或更新")
    assert len(output.splitlines()) == 1


def test_a_full_disk_is_one_sentence(fresh):
    code, output = fresh.start(before="start.ROOM_MB = 10**9")

    assert (code, output) == (1, "磁盘满了：请腾出 1 GB 空间，再运行一次。\n")


def test_a_python_without_venv_is_one_sentence(fresh):
    code, output = fresh.start(before="start.sys.executable = '/usr/bin/false'")

    assert code == 1
    assert "准备没有成功" in output


DEBIAN = """\
The virtual environment was not created successfully because ensurepip is not
available.  On Debian/Ubuntu systems, you need to install the python3-venv
package using the following command.
"""
CUT = """\
WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError(
'Failed to establish a new connection: [Errno 111] Connection refused')'
ERROR: No matching distribution found for aiohttp==3.14.5
"""


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        (DEBIAN, "这个 Python 缺 venv：请先运行 sudo apt install python3-venv，再运行一次。"),
        (CUT, start.OFFLINE),
        ("OSError: [Errno 28] No space left on device", start.FULL),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "下载的软件包与校验值不符"),
    ],
)
def test_a_failed_step_is_explained(printed, said):
    assert start.explain(printed).startswith(said)


def test_an_old_python_can_at_least_read_it():
    ast.parse((ROOT / "start.py").read_text("utf-8"), feature_version=(3, 7))


def test_it_needs_the_standard_library_only():
    tree = ast.parse((ROOT / "start.py").read_text("utf-8"))
    nodes = list(ast.walk(tree))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}

    assert plain | parts <= set(sys.stdlib_module_names)
    assert len((ROOT / "start.py").read_text("utf-8").splitlines()) <= 200
