"""The settings: `linli.toml`, overruled by the environment (`LINLI_SECTION__KEY`)."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.settings.assistant import AssistantSection
from bot.settings.backup import BackupSection
from bot.settings.channels import ChannelsSection
from bot.settings.community import CommunitySection
from bot.settings.database import DatabaseSection
from bot.settings.environment import Unreadable, overruled, read_environment
from bot.settings.faq import FaqSection
from bot.settings.findings import findings_of, stray_variables
from bot.settings.hours import HoursSection
from bot.settings.notices import NoticesSection
from bot.settings.open311 import Open311Section
from bot.settings.retention import RetentionSection
from bot.settings.secrets import anchored, shown_secrets
from bot.settings.semantic import SemanticSection, overheard
from bot.settings.web import WebSection
from knowledge.files.encoding import read_text
from knowledge.files.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

FILE = "linli.toml"


class Settings(BaseModel):
    """Everything that an operator may set; each section is one table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bot: AssistantSection = Field(default_factory=AssistantSection, description="机器人")
    community: CommunitySection = Field(default_factory=CommunitySection, description="社区")
    hours: HoursSection = Field(default_factory=HoursSection, description="时间")
    faq: FaqSection = Field(default_factory=FaqSection, description="问答")
    semantic: SemanticSection | None = Field(None, description="语言模型")
    notices: NoticesSection = Field(default_factory=NoticesSection, description="通知")
    web: WebSection = Field(default_factory=WebSection, description="网页")
    database: DatabaseSection = Field(default_factory=DatabaseSection, description="数据库")
    retention: RetentionSection = Field(default_factory=RetentionSection, description="保留多久")
    backup: BackupSection = Field(default_factory=BackupSection, description="备份")
    open311: Open311Section = Field(default_factory=Open311Section, description="对接")
    channels: ChannelsSection = Field(default_factory=ChannelsSection, description="渠道")


def read_settings(folder: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Return the settings of a data folder and the findings; None if one of them is an error.

    A folder without `linli.toml` has the defaults.
    """
    path = folder / FILE
    text, coding = read_text(path, FILE) if path.exists() else ("", None)
    if coding and coding.level == "error":
        return None, (coding,)
    noticed = (coding,) if coding else ()
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as trouble:
        return None, (*noticed, _not_toml(trouble))
    settings, problems = _validated(table, text, folder)
    return settings, (*noticed, *problems)


def _validated(
    table: dict[str, Any], text: str, folder: Path
) -> tuple[Settings | None, tuple[Problem, ...]]:
    stray = stray_variables(Settings)
    try:
        settings = Settings(**overruled(anchored(table, folder), read_environment(Settings)))
    except ValidationError as trouble:
        return None, (*stray, *findings_of(trouble, text, Settings, FILE))
    except Unreadable as trouble:
        return None, (*stray, _not_json(trouble))
    warnings = (*shown_secrets(settings, table, text), *overheard(settings.semantic, text))
    return (None if stray else settings), (*stray, *warnings)


def _not_json(trouble: Unreadable) -> Problem:
    found = re.search(r'field "(\w+)"', str(trouble))
    name = f"LINLI_{found[1].upper()}" if found else "LINLI_…"
    fix = '写成 JSON，例如 ["小助手"]，或改写在 linli.toml 里'
    return Problem(name, 1, "环境变量", "error", "写法不对", fix)


def _not_toml(trouble: tomllib.TOMLDecodeError) -> Problem:
    found = re.search(r"line (\d+)", str(trouble))
    line = int(found[1]) if found else 1
    message = "这一行的写法不对，整个文件没有读"
    fix = '一行一个“名字 = 值”，文字加英文引号，例如 name = "社区小助手"'
    return Problem(FILE, line, "设置", "error", message, fix)
