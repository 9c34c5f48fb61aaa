"""Asks the model, remembers what it said, and lets an endpoint that fails rest."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from bot.semantic.endpoint import NoOpinion
from bot.semantic.models import model_of
from knowledge.faq.opinion import OpinionWanted
from knowledge.files.logbook import Logbook

if TYPE_CHECKING:
    from bot.semantic.endpoint import Endpoint
    from bot.semantic.models import Model
    from bot.settings.semantic import SemanticSection
    from knowledge.faq.opinion import Doubtful, Opinions

KEPT_SECONDS = 600.0
KEPT = 1000
"""For how long, and of how many questions, an opinion is remembered; nothing is written down."""
FAILURES = 3
"""Failures in a row after which the endpoint is left alone for a while."""
REST_SECONDS = 60.0

log = Logbook()


class Memory:
    """What the model said of late."""

    def __init__(self) -> None:
        self._said: dict[Doubtful, tuple[str, float]] = {}

    def on(self, doubtful: Doubtful) -> str:
        """Return what it picked; raises OpinionWanted when it has not been asked yet."""
        said = self._said.get(doubtful)
        if said is None:
            raise OpinionWanted(doubtful)
        return said[0]

    def note(self, doubtful: Doubtful, picked: str) -> None:
        """Remember a pick; what is old or too much is forgotten, the oldest first."""
        now = monotonic()
        fresh = [(one, said) for one, said in self._said.items() if now - said[1] < KEPT_SECONDS]
        self._said = {**dict(fresh[1 - KEPT :]), doubtful: (picked, now)}


class Adviser:
    """The one through whom chat, pages, `ask` and `eval` get a second opinion."""

    def __init__(self, model: Model, endpoint: Endpoint) -> None:
        self._model, self._endpoint = model, endpoint
        self._memory = Memory()
        self._failures = 0
        self._rests_until = 0.0

    @property
    def opinions(self) -> Opinions | None:
        """What has been said so far; None while the endpoint rests and nobody is to be asked."""
        return None if monotonic() < self._rests_until else self._memory

    async def learn(self, doubtful: Doubtful) -> None:
        """Ask the model; whatever goes wrong is the same as no opinion."""
        picked = ""
        try:
            picked = await self._model.pick(doubtful)
            self._failures = 0
        except NoOpinion as reason:
            self._fail(str(reason))
        self._memory.note(doubtful, picked)

    async def close(self) -> None:
        """Let the connection go."""
        await self._endpoint.close()

    def _fail(self, reason: str) -> None:
        self._failures += 1
        resting = self._failures >= FAILURES
        if resting:
            self._rests_until = monotonic() + REST_SECONDS
        log.warning("No second opinion.", action="semantic.failed", reason=reason, resting=resting)


def open_adviser(section: SemanticSection) -> Adviser:
    """Return the adviser that the settings ask for."""
    return Adviser(*model_of(section))
