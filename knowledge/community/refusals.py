"""What a person is told when something cannot be done.

Refusal
├── NotFound          nothing of that number (or it is not theirs: both look alike)
├── NotAllowed        their role does not cover it
├── IllegalStep       the ticket's state does not allow this step
│   ├── AlreadyTaken  somebody else was first
│   └── TooManyHops   a third 退单
├── TooOften          once a day is enough
├── Unclear           the words lack something (a number, a name)
├── Outdated          the button or menu is no longer valid
├── Unreadable        a picture or file that cannot be used
└── NotRelayed        words that ask somebody for codes, cards or money

A refusal is expected: it is said to the person in `say` and never logged as an error.
"""

from __future__ import annotations


class Refusal(Exception):
    """Something that cannot be done, with the Chinese sentence that says what to do next."""

    def __init__(self, say: str) -> None:
        super().__init__(say)
        self.say = say


class NotFound(Refusal):
    """Nothing of that number that this person may see."""


class NotAllowed(Refusal):
    """The role does not cover it."""


class IllegalStep(Refusal):
    """The state does not allow the step."""


class AlreadyTaken(IllegalStep):
    """Somebody else was first."""


class TooManyHops(IllegalStep):
    """The ticket has been handed back too often."""


class TooOften(Refusal):
    """Asked again too soon."""


class Unclear(Refusal):
    """The words lack something."""


class Outdated(Refusal):
    """The button or menu is no longer valid."""


class Unreadable(Refusal):
    """A picture or file that cannot be used."""


class NotRelayed(Refusal):
    """Words that ask somebody for codes, cards or money: the bot says such things for nobody."""
