"""`[backup]`: the nightly backup."""

from __future__ import annotations

from datetime import time
from pathlib import Path

from pydantic import Field

from bot.settings.section import Section


class BackupSection(Section):
    """One file a night beside the data; put the folder on another disk if you have one."""

    nightly: time | None = Field(None, description="每天几点自动备份，例如 03:40；不写就不自动备份")
    keep: int = Field(7, ge=1, le=365, description="自动备份留几份，多的删掉最旧的")
    folder: str = Field("backups", description="放在哪个文件夹；最好在另一块盘上")

    def place(self, data: Path) -> Path:
        """Return the folder of the backups; a relative one lies in the data folder."""
        return data / Path(self.folder)
