"""草稿和待发布的修改: what answers nobody until an editor publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from handlers.actions.faq import entries
from handlers.phrases.moments import when
from knowledge.community.hood.access import Act
from knowledge.faq.editing import CannotEdit, find_entry, restated, version_of
from knowledge.faq.rewording import pieces, shortened
from knowledge.files.blocks import parse_blocks
from knowledge.store.changes import history
from knowledge.store.rows.faq import ProposalRow

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.visit import Visit
    from handlers.work import Work
    from knowledge.faq.entry import Entry


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft with who made it."""

    entry: Entry
    version: str
    by: str


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A proposed change against what stands now."""

    faq_id: str
    title: str
    by: str
    at: str
    pieces: tuple[tuple[str, str], ...]
    own: bool


async def show(visit: Visit, trouble: str = "", status: int = 200) -> web.Response:
    """Show what waits, proposals first."""
    proposals = await visit.glance(lambda work: _proposals(work, visit.me.id))
    drafts = await visit.glance(_drafts)
    return visit.page(
        "faq_waiting.html",
        status=status,
        drafts=drafts,
        proposals=proposals,
        trouble=trouble,
        two_person=visit.app.rules.two_person,
        may_edit=visit.can(Act.FAQ_EDIT),
    )


async def settle(visit: Visit) -> web.Response:
    """发布 or 不要了, for a draft or a proposal."""
    form = await visit.request.post()
    kind, do = str(form.get("kind", "")), str(form.get("do", ""))
    faq_id, version = str(form.get("entry", "")), str(form.get("version", ""))

    def deed(work: Work) -> None:
        if kind == "proposal" and do == "publish":
            entries.publish(work, visit.me.id, faq_id)
        elif kind == "proposal":
            entries.drop_proposal(work, faq_id)
        elif do == "publish":
            _publish_draft(work, visit, faq_id, version)
        else:
            entries.drop_draft(work, visit.me.id, faq_id, version)

    try:
        await visit.act(deed)
    except CannotEdit as reason:
        return await show(visit, str(reason), status=409)
    await visit.app.refresh()
    return visit.back("/admin/waiting")


def _publish_draft(work: Work, visit: Visit, faq_id: str, version: str) -> None:
    found = find_entry(work.rules.faq_folder, faq_id)
    if found is None:
        raise CannotEdit(entries.GONE)
    text = restated(found.block, "")
    entries.change(work, visit.me.id, entries.Change(faq_id, text, version, "draft"))


def _drafts(work: Work) -> list[DraftShown]:
    return [
        DraftShown(one, version_of(work.faq.texts[one.id]), _maker(work, one.id))
        for one in work.faq.drafts.values()
    ]


def _maker(work: Work, faq_id: str) -> str:
    told = history(work.session, faq_id)
    person = work.hood.person(told[0].who) if told else None
    return f"{when(told[0].at, work.now)} {person.called}存的" if person else "从文件来的"


def _proposals(work: Work, who: str) -> list[ProposalShown]:
    rows = work.session.scalars(select(ProposalRow).order_by(ProposalRow.at)).all()
    return [_proposal(work, row, who) for row in rows]


def _proposal(work: Work, row: ProposalRow, who: str) -> ProposalShown:
    before = work.faq.texts.get(row.faq_id, "")
    person = work.hood.person(row.who)
    return ProposalShown(
        row.faq_id,
        parse_blocks(row.text or before, "")[0].title,
        person.called if person else "不知道是谁",
        when(row.at, work.now),
        tuple(shortened(pieces(before, row.text.rstrip()))),
        row.who == who,
    )
