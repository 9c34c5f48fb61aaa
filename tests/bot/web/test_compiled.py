"""Templates are compiled once, and again only where what was kept is not theirs."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment

from bot.web.compiled import Compiled


class Counting(Environment):
    """Notes what it compiles."""

    def compile(self, source, name=None, *more, **named):
        self.compiled = [*getattr(self, "compiled", ()), name]
        return super().compile(source, name, *more, **named)


def started(folder, makers=(), greeting="您好"):
    return Counting(
        loader=DictLoader({"hello.html": greeting + "，{{ name }}"}),
        bytecode_cache=Compiled(folder, makers),
    )


def greeted(environment):
    said = environment.get_template("hello.html").render(name="李阿姨")
    return said, len(getattr(environment, "compiled", ()))


@pytest.fixture
def makers(tmp_path):
    maker = tmp_path / "filters.py"
    maker.write_text("one = 1\n")
    return (maker,)


def test_the_next_start_takes_what_the_last_has_compiled(tmp_path, makers):
    assert greeted(started(tmp_path, makers)) == ("您好，李阿姨", 1)
    assert greeted(started(tmp_path, makers)) == ("您好，李阿姨", 0)


def test_a_changed_template_or_program_is_compiled_anew(tmp_path, makers):
    greeted(started(tmp_path, makers))
    assert greeted(started(tmp_path, makers, "早上好")) == ("早上好，李阿姨", 1)
    makers[0].write_text("one = 2\n")
    assert greeted(started(tmp_path, makers, "早上好")) == ("早上好，李阿姨", 1)


@pytest.mark.parametrize("keep", [slice(0), slice(5), slice(30), slice(-9), slice(1, None)])
def test_what_is_damaged_counts_as_nothing_and_is_kept_anew(tmp_path, makers, keep):
    greeted(started(tmp_path, makers))
    (kept,) = (tmp_path / "__pycache__").iterdir()
    kept.write_bytes(kept.read_bytes()[keep])
    assert greeted(started(tmp_path, makers)) == ("您好，李阿姨", 1)
    assert greeted(started(tmp_path, makers)) == ("您好，李阿姨", 0)


def test_where_nothing_can_be_kept_pages_are_shown_all_the_same(tmp_path, makers):
    (tmp_path / "__pycache__").write_text("a file stands where the folder would be")
    for _ in range(2):
        assert greeted(started(tmp_path, makers)) == ("您好，李阿姨", 1)
