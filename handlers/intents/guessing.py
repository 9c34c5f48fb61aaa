"""What somebody who called us probably wants seen to, where no category knows the words."""

from __future__ import annotations

from handlers.intents.matter import matter_of
from handlers.intents.questions import asks_something, is_greeting, is_small_talk
from handlers.intents.reading import Intent, Reading
from handlers.intents.requests import is_nothing_to_do
from knowledge.community.categories import Mention, category
from knowledge.community.wording import sign

_ANYTHING = "other-repair"


def guess(text: str) -> Reading | None:
    """A report read into plain `text` that was said to us, or None.

    A defect told without asking, or a plea to see to something; never what asks for a rule.
    """
    pleads = sign("像是求人").search(text)
    defect = None if asks_something(text) else sign("像是毛病").search(text)
    found, kept = pleads or defect, category(_ANYTHING)
    if found is None or kept is None or is_greeting(text) or is_small_talk(text):
        return None
    if is_nothing_to_do(text) or any(sign(name).search(text) for name in ("政策词", "谈待遇")):
        return None
    mention = Mention(kept, found.start(), found.end(), "", "", found[0])
    return Reading(
        Intent.REPORT,
        f"像是有事要管：{found[0]}",
        category=kept,
        kind=kept.kind,
        lane=kept.lane,
        matter=matter_of(mention, text),
        asks=True,
    )
