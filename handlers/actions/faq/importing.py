"""Taking an imported table or document into the files, as its preview said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.actions.faq import entries
from knowledge.faq.editing import Found
from knowledge.faq.edits import write_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.work import Work
    from knowledge.faq.editing import Draft
    from knowledge.faq.plan import Change

HOW = "import"


def import_entries(work: Work, who: str, edits: Sequence[Change]) -> bool:
    """Write what the preview showed; False where it waits for a second editor.

    Raises:
        CannotEdit: the files have changed since; nothing is written then.
    """
    if work.rules.two_person:
        for one in edits:
            version = Found(work.rules.faq_folder, one.block).version if one.block else ""
            entries.change(work, who, entries.Change(one.id, one.text, version, HOW))
        return False
    entries.note(work, who, HOW, {one.id: one.text for one in edits})
    work.session.flush()
    write_edits(work.rules.faq_folder, edits)
    return True


def import_drafts(work: Work, who: str, drafts: Iterable[Draft]) -> list[str]:
    """Write each as a draft, which answers nobody yet; return the 编号."""
    return [entries.keep_as_draft(work, who, one) for one in drafts]
