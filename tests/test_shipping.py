"""The files that bring the program to a server: systemd unit, image."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
UNIT = (ROOT / "docs/linli.service").read_text("utf-8")
IMAGE = (ROOT / "Dockerfile").read_text("utf-8")


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    assert not set(re.findall(r"^ExecStart=(\S+)", UNIT, re.MULTILINE)) - {
        "/opt/linli/.venv/bin/python"
    }
    if not shutil.which("systemd-analyze"):
        return
    here = tmp_path / "linli.service"
    here.write_text(UNIT.replace("/opt/linli/.venv/bin/python", sys.executable))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", here],  # noqa: S607 -- wherever it is.
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "linli" in done.stderr) == (0, False), done.stderr


def test_the_image_holds_the_program_runs_it_as_nobody_special_and_is_asked_whether_it_lives():
    copied = re.findall(r"^COPY (?!--from)(\S+)", IMAGE, re.MULTILINE)
    assert {"bot", "handlers", "knowledge", "scheduler", "requirements.lock"} == set(copied)
    assert all((ROOT / name).exists() for name in copied)
    let_in = set((ROOT / ".dockerignore").read_text("utf-8").replace("!", "").split())
    assert set(copied) <= let_in
    assert re.search(r"^USER linli$", IMAGE, re.MULTILINE)
    assert "/healthz" in IMAGE
