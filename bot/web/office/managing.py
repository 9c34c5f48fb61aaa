"""The addresses of the administrators' office."""

from __future__ import annotations

from bot.web.later import Later
from bot.web.routes import Route
from knowledge.community.hood.access import Act

audit = Later("bot.web.office.audit")
backups = Later("bot.web.office.backups")
channels = Later("bot.web.office.channels")
people = Later("bot.web.office.people")
person = Later("bot.web.office.person")
quarantine = Later("bot.web.office.quarantine")
roster = Later("bot.web.office.roster")
roster_history = Later("bot.web.office.roster_history")
roster_preview = Later("bot.web.office.roster_preview")
settings = Later("bot.web.office.settings")
silence = Later("bot.web.office.silence")

PERSON = "/admin/people/{person}"
CHANGE = "/admin/roster/history/{change:[0-9]{1,9}}"

MANAGING = (
    Route("GET", "/admin/roster", Act.ROSTER_READ, roster.show),
    Route("GET", "/admin/roster/export.xlsx", Act.ROSTER_EDIT, roster.export),
    Route("GET", "/admin/roster/template.xlsx", Act.ROSTER_EDIT, roster.template),
    Route("POST", "/admin/roster", Act.ROSTER_EDIT, roster_preview.preview, photos=True),
    Route("POST", "/admin/roster/confirm", Act.ROSTER_EDIT, roster_preview.confirm, photos=True),
    Route("GET", "/admin/roster/history", Act.ROSTER_READ, roster_history.show),
    Route("GET", CHANGE, Act.ROSTER_EDIT, roster_history.look_back),
    Route("POST", CHANGE, Act.ROSTER_EDIT, roster_history.put_back),
    Route("GET", "/admin/people", Act.ROSTER_READ, people.people_list),
    Route("GET", PERSON, Act.ROSTER_READ, person.show),
    Route("POST", PERSON, Act.ROSTER_EDIT, person.change),
    Route("POST", f"{PERSON}/phone", Act.ROSTER_EDIT, person.phone),
    Route("POST", f"{PERSON}/link", Act.ROSTER_EDIT, person.link),
    Route("GET", "/admin/channels", Act.CHANNEL_READ, channels.show),
    Route("GET", "/admin/channels/asked", Act.CHANNEL_READ, channels.ask),
    Route("GET", "/admin/silence", Act.CHANNEL_READ, silence.show),
    Route("GET", "/admin/quarantine", Act.QUARANTINE_SETTLE, quarantine.show),
    Route("POST", "/admin/quarantine", Act.QUARANTINE_SETTLE, quarantine.settle),
    Route("GET", "/admin/audit", Act.AUDIT_READ, audit.show),
    Route("GET", "/admin/audit.xlsx", Act.AUDIT_READ, audit.export),
    Route("GET", "/admin/settings", Act.SETTINGS_READ, settings.show),
    Route("GET", "/admin/backups", Act.BACKUP_KEEP, backups.show),
    Route("POST", "/admin/backups", Act.BACKUP_KEEP, backups.begin),
    Route("GET", "/admin/backups/progress", Act.BACKUP_KEEP, backups.progress),
    Route("GET", "/admin/backups/{file}", Act.BACKUP_KEEP, backups.take),
)
