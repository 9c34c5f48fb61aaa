"""Who may see and do what: one table, read by every page, command, button and export.

An act is allowed when one of the person's roles carries it for a relation that holds between
the person and the object. Somebody else's object then looks like a missing one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.community.roster.people import LADDER, Role

if TYPE_CHECKING:
    from knowledge.community.roster.people import Person


class Relation(StrEnum):
    """How a person stands to an object."""

    OWN = "own"
    """The reporter, a follower, or a member of the chat."""
    CHAIN = "chain"
    """Was told of the ticket and may claim it, or owns it."""
    ASSIGNED = "assigned"
    """Owns the ticket, or was asked to take it as more than a volunteer beside its owner."""
    SUBTREE = "subtree"
    """The object's place lies inside the person's scope for that role."""
    WATCH = "watch"
    """Keeps the 督办 list for the object's place, or everywhere."""
    CALLER = "caller"
    """Was asked to call the reporter after the end, and did not handle it."""
    ANY = "any"
    """Holds for everybody."""


class Act(StrEnum):
    """What can be done, named by object and verb."""

    CHAT_READ = "chat.read"
    CHAT_POST = "chat.post"
    MEDIA_READ = "media.read"
    TICKET_READ = "ticket.read"
    TICKET_DETAILS = "ticket.details"
    """Phone and door of the reporter."""
    TICKET_CONFIRM = "ticket.confirm"
    TICKET_RATE = "ticket.rate"
    TICKET_REOPEN = "ticket.reopen"
    TICKET_WITHDRAW = "ticket.withdraw"
    TICKET_URGE = "ticket.urge"
    TICKET_CLAIM = "ticket.claim"
    TICKET_TRANSFER = "ticket.transfer"
    TICKET_RETURN = "ticket.return"
    TICKET_PROGRESS = "ticket.progress"
    TICKET_FINISH = "ticket.finish"
    TICKET_ARRANGE = "ticket.arrange"
    """更多办法: dates, questions, parking; each of them asks for its own right again."""
    TICKET_ATTEND = "ticket.attend"
    """报到: somebody who was whistled for is there."""
    TICKET_WHISTLE = "ticket.whistle"
    TICKET_LANE = "ticket.lane"
    """改急: raise or lower the lane, with the reason."""
    TICKET_PARK = "ticket.park"
    TICKET_MERGE = "ticket.merge"
    TICKET_SPLIT = "ticket.split"
    TICKET_END = "ticket.end"
    """不予受理, 无法解决: an end without a result, with the reason."""
    TICKET_CALL = "ticket.call"
    """回访: say what the reporter said on the phone."""
    MEDIA_REDACT = "media.redact"
    FINDING_SETTLE = "finding.settle"
    TASKS_READ = "tasks.read"
    SUPERVISION_READ = "supervision.read"
    """任务 of a supervisor: the 督办 list of their places."""
    NEIGHBOURS_READ = "neighbours.read"
    """A leader's own people with phone, door and care, and who has not said 收到."""
    QUESTION_ANSWER = "question.answer"
    FAQ_READ = "faq.read"
    FAQ_EDIT = "faq.edit"
    FAQ_RECHECK = "faq.recheck"
    """Judge whether an answer that somebody objected to is right."""
    NOTICE_READ = "notice.read"
    NOTICE_RECEIPTS = "notice.receipts"
    NOTICE_PACE = "notice.pace"
    """How many notices a group is told."""
    NOTICE_SEND = "notice.send"
    NOTICE_EDIT = "notice.edit"
    ROSTER_READ = "roster.read"
    ROSTER_EDIT = "roster.edit"
    """Import, and export with phones and doors."""
    INVITE_MAKE = "invite.make"
    """Make, print and end the codes by which neighbours come in."""
    NEIGHBOUR_VOUCH = "neighbour.vouch"
    """Say whether somebody who came by an invite is known."""
    TOPIC_READ = "topic.read"
    """议事: what the meeting of one's own estate, community or street speaks of."""
    TOPIC_RAISE = "topic.raise"
    TOPIC_DECIDE = "topic.decide"
    """Write down what the meeting decided, or why it will not speak of it."""
    TOPIC_FINISH = "topic.finish"
    BOARD_READ = "board.read"
    REPORT_READ = "report.read"
    """The month's figures with the numbers behind them."""
    CHANNEL_READ = "channel.read"
    """Whether the channels work, and why the bot was silent."""
    QUARANTINE_SETTLE = "quarantine.settle"
    """Try again or drop what could not be handled or sent."""
    AUDIT_READ = "audit.read"
    """Who did what and when; nobody may change it."""
    SETTINGS_READ = "settings.read"
    BACKUP_KEEP = "backup.keep"
    """Make, check and take along backups: everything is in them."""
    LEAVE_TAKE = "leave.take"
    NAME_CHANGE = "name.change"
    """Be called differently, for who came by an invite."""
    DATA_EXPORT = "data.export"
    DATA_ERASE = "data.erase"
    CLOCK_ADVANCE = "clock.advance"
    """Only in a demo database."""
    DEMO_ACT_AS = "demo.act_as"
    CHANNEL_CALL = "channel.call"
    """A platform or a program calls: its signature opens the door, no person's role does."""
    PUBLIC = "public"
    """Sign-in, health, static files: open to everybody."""


EVERYBODY = frozenset(Role)
LEADERS = frozenset(LADDER)
STAFF = frozenset({Role.COMMUNITY, Role.STREET})
OFFICE = STAFF | {Role.EDITOR, Role.ADMIN}
HELPERS = LEADERS | {Role.PROPERTY, Role.VOLUNTEER, Role.DEPARTMENT}

_OWN = {Relation.OWN: EVERYBODY}
_CLAIMED = {Relation.CHAIN: HELPERS}
_ADMIN = {Relation.ANY: frozenset({Role.ADMIN})}
_OFFICE_HERE = {Relation.SUBTREE: STAFF}

TABLE: dict[Act, dict[Relation, frozenset[Role]]] = {
    Act.CHAT_READ: _OWN,
    Act.CHAT_POST: _OWN,
    Act.MEDIA_READ: {Relation.OWN: EVERYBODY, Relation.CHAIN: HELPERS},
    Act.TICKET_READ: {
        Relation.OWN: EVERYBODY,
        Relation.CHAIN: HELPERS,
        Relation.SUBTREE: LEADERS | {Role.SUPERVISOR, Role.AUDITOR},
        Relation.WATCH: frozenset({Role.SUPERVISOR}),
        Relation.CALLER: EVERYBODY,
    },
    Act.TICKET_DETAILS: {Relation.ASSIGNED: HELPERS, Relation.CALLER: EVERYBODY},
    Act.TICKET_CONFIRM: _OWN,
    Act.TICKET_RATE: _OWN,
    Act.TICKET_REOPEN: {Relation.OWN: EVERYBODY, Relation.SUBTREE: STAFF},
    Act.TICKET_WITHDRAW: _OWN,
    Act.TICKET_URGE: _OWN,
    Act.TICKET_CLAIM: _CLAIMED,
    Act.TICKET_TRANSFER: {Relation.CHAIN: HELPERS, Relation.SUBTREE: STAFF},
    Act.TICKET_RETURN: _CLAIMED,
    Act.TICKET_PROGRESS: _CLAIMED,
    Act.TICKET_FINISH: _CLAIMED,
    Act.TICKET_ARRANGE: {Relation.CHAIN: HELPERS, Relation.SUBTREE: STAFF},
    Act.TICKET_ATTEND: _CLAIMED,
    Act.TICKET_WHISTLE: _OFFICE_HERE,
    Act.TICKET_LANE: {Relation.CHAIN: LEADERS | {Role.PROPERTY}, Relation.SUBTREE: LEADERS},
    Act.TICKET_PARK: _OFFICE_HERE,
    Act.TICKET_MERGE: _OFFICE_HERE,
    Act.TICKET_SPLIT: {Relation.OWN: EVERYBODY, Relation.SUBTREE: STAFF},
    Act.TICKET_END: _OFFICE_HERE,
    Act.TICKET_CALL: {Relation.CALLER: EVERYBODY},
    Act.MEDIA_REDACT: {Relation.CHAIN: HELPERS, Relation.SUBTREE: STAFF},
    Act.FINDING_SETTLE: _OFFICE_HERE,
    Act.TASKS_READ: {Relation.ANY: HELPERS},
    Act.SUPERVISION_READ: {Relation.ANY: frozenset({Role.SUPERVISOR})},
    Act.NEIGHBOURS_READ: {Relation.SUBTREE: frozenset(LADDER[:3])},
    Act.QUESTION_ANSWER: {Relation.CHAIN: HELPERS | OFFICE},
    Act.FAQ_READ: {Relation.ANY: OFFICE | {Role.AUDITOR}},
    Act.FAQ_EDIT: {Relation.ANY: frozenset({Role.EDITOR, Role.ADMIN})},
    Act.FAQ_RECHECK: {
        Relation.CHAIN: HELPERS | OFFICE,
        Relation.ANY: frozenset({Role.EDITOR, Role.ADMIN}),
    },
    Act.NOTICE_READ: {Relation.ANY: LEADERS | OFFICE | {Role.AUDITOR}},
    Act.NOTICE_RECEIPTS: {
        Relation.SUBTREE: LEADERS,
        Relation.ANY: frozenset({Role.ADMIN}),
    },
    Act.NOTICE_PACE: {Relation.SUBTREE: LEADERS},
    Act.NOTICE_SEND: {Relation.ANY: frozenset({Role.EDITOR, Role.ADMIN})},
    Act.NOTICE_EDIT: {Relation.ANY: frozenset({Role.EDITOR, Role.ADMIN})},
    Act.ROSTER_READ: {Relation.ANY: frozenset({Role.ADMIN, Role.STREET})},
    Act.ROSTER_EDIT: {Relation.ANY: frozenset({Role.ADMIN})},
    Act.INVITE_MAKE: {Relation.ANY: frozenset({Role.ADMIN})},
    Act.NEIGHBOUR_VOUCH: {Relation.SUBTREE: LEADERS, Relation.ANY: frozenset({Role.ADMIN})},
    Act.TOPIC_READ: _OWN,
    Act.TOPIC_RAISE: _OWN,
    Act.TOPIC_DECIDE: {Relation.SUBTREE: STAFF | {Role.ADMIN}},
    Act.TOPIC_FINISH: {Relation.CHAIN: HELPERS, Relation.SUBTREE: STAFF | {Role.ADMIN}},
    Act.BOARD_READ: {Relation.ANY: STAFF | {Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR}},
    Act.REPORT_READ: {Relation.ANY: STAFF | {Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR}},
    Act.CHANNEL_READ: _ADMIN,
    Act.QUARANTINE_SETTLE: _ADMIN,
    Act.AUDIT_READ: {Relation.ANY: frozenset({Role.ADMIN, Role.AUDITOR})},
    Act.SETTINGS_READ: _ADMIN,
    Act.BACKUP_KEEP: _ADMIN,
    Act.LEAVE_TAKE: {Relation.OWN: HELPERS},
    Act.NAME_CHANGE: _OWN,
    Act.DATA_EXPORT: _OWN,
    Act.DATA_ERASE: _OWN,
    Act.CLOCK_ADVANCE: {Relation.ANY: EVERYBODY},
    Act.DEMO_ACT_AS: {Relation.ANY: EVERYBODY},
    Act.CHANNEL_CALL: {},
    Act.PUBLIC: {Relation.ANY: EVERYBODY},
}

GUEST_ACTS = frozenset(
    {
        Act.CHAT_POST,
        Act.TICKET_READ,
        Act.TICKET_CONFIRM,
        Act.TICKET_RATE,
        Act.TICKET_REOPEN,
        Act.TICKET_WITHDRAW,
        Act.TICKET_URGE,
        Act.TICKET_SPLIT,
        Act.DATA_EXPORT,
        Act.DATA_ERASE,
    }
)
"""What an unregistered resident may do with their own things in a chat."""


def roles_of(person: Person | None) -> frozenset[Role]:
    """Return a person's roles; a disabled person has none."""
    if person is None or not person.active:
        return frozenset()
    return frozenset(grant.role for grant in person.grants) | {Role.RESIDENT}


def may(person: Person | None, act: Act, relations: frozenset[Relation] = frozenset()) -> bool:
    """Tell whether the person (None = a guest) may do it, given the relations to the object."""
    if person is None:
        return act is Act.PUBLIC or (act in GUEST_ACTS and Relation.OWN in relations)
    roles = roles_of(person)
    return any(
        roles & carriers
        for relation, carriers in TABLE[act].items()
        if relation is Relation.ANY or relation in relations
    )
