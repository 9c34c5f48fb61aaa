"""The table of all addresses, each with the act that it counts as."""

from __future__ import annotations

from bot.web import start
from bot.web.later import Later, Page
from bot.web.office.managing import MANAGING
from bot.web.residents import chat, posting
from bot.web.routes import Route
from knowledge.community.hood.access import Act

admin = Later("bot.web.office.admin")
admission = Later("bot.web.residents.admission")
arranging = Later("bot.web.desk.arranging")
board = Later("bot.web.desk.board")
desk = Later("bot.web.desk.desk")
editor = Later("bot.web.office.editor")
faq_files = Later("bot.web.office.faq_files")
health = Later("bot.web.health")
history = Later("bot.web.office.history")
invites = Later("bot.web.office.invites")
look = Later("bot.web.look")
metrics = Later("bot.web.metrics")
mydata = Later("bot.web.residents.mydata")
neighbours = Later("bot.web.desk.neighbours")
notice = Later("bot.web.office.notice")
notice_editor = Later("bot.web.office.notice_editor")
notice_new = Later("bot.web.office.notice_new")
notices = Later("bot.web.office.notices")
pictures = Later("bot.web.desk.pictures")
recognition = Later("bot.web.residents.recognition")
report = Later("bot.web.desk.report")
rounds = Later("bot.web.office.rounds")
sign_in = Later("bot.web.sign_in")
sockets = Later("bot.web.sockets")
tickets = Later("bot.web.desk.tickets")
topics = Later("bot.web.desk.topics")
trying = Later("bot.web.office.trying")
unanswered = Later("bot.web.office.unanswered")
waiting = Later("bot.web.office.waiting")
watching = Later("bot.web.office.watching")

CHAT = "/chat/{chat}"

OPEN = (
    Route("GET", "/", Act.PUBLIC, start.start, personal=False),
    Route("POST", "/advance", Act.PUBLIC, start.advance, personal=False),
    Route("GET", "/play", Act.PUBLIC, start.caption, personal=False),
    Route("POST", "/play", Act.PUBLIC, start.play, personal=False),
    Route("GET", "/in/{token}", Act.PUBLIC, sign_in.ask, personal=False),
    Route("POST", "/in/{token}", Act.PUBLIC, sign_in.enter, personal=False),
    Route("GET", "/join/{token}", Act.PUBLIC, admission.come, personal=False),
    Route("POST", "/join/{token}", Act.PUBLIC, admission.enter, personal=False),
    Route("GET", "/join/{token}/known", Act.PUBLIC, recognition.show, personal=False),
    Route("POST", "/join/{token}/known", Act.PUBLIC, recognition.enter, personal=False),
    Route("POST", "/out", Act.PUBLIC, sign_in.leave, personal=False),
    Route("GET", "/verify", Act.PUBLIC, notices.verify, personal=False),
    Route("GET", "/verify/{code}", Act.PUBLIC, notices.verify, personal=False),
    Route("GET", "/healthz", Act.PUBLIC, health.alive, personal=False),
    Route("GET", "/readyz", Act.PUBLIC, health.ready, personal=False),
    Route("GET", "/metrics", Act.PUBLIC, metrics.metrics, personal=False),
)
TALK = (
    Route("GET", "/chat", Act.CHAT_READ, chat.chat_list),
    Route("GET", "/live", Act.CHAT_READ, sockets.live_list),
    Route("GET", CHAT, Act.CHAT_READ, chat.chat),
    Route("GET", f"{CHAT}/after", Act.CHAT_READ, chat.news),
    Route("GET", f"{CHAT}/live", Act.CHAT_READ, sockets.live),
    Route(
        "GET", f"{CHAT}/photo/{{message:[0-9]{{1,18}}}}/{{nth:[0-9]}}", Act.MEDIA_READ, chat.photo
    ),
    Route("POST", f"{CHAT}/post", Act.CHAT_POST, posting.post, photos=True),
    Route("POST", f"{CHAT}/press", Act.CHAT_POST, posting.press),
)

NO = "{no:[0-9]{1,9}}"
TASK = f"/desk/{NO}"
TICKETS = (
    Route("GET", "/desk", Act.TASKS_READ, desk.desk),
    Route("GET", "/desk/live", Act.TASKS_READ, sockets.live_tasks),
    Route("GET", "/desk/building", Act.NEIGHBOURS_READ, neighbours.building),
    Route("GET", "/desk/leave", Act.LEAVE_TAKE, neighbours.leave),
    Route("POST", "/desk/leave", Act.LEAVE_TAKE, neighbours.take_leave),
    Route("POST", f"{TASK}/accept", Act.TICKET_CLAIM, desk.take),
    Route("GET", f"{TASK}/transfer", Act.TICKET_TRANSFER, desk.choose_person),
    Route("POST", f"{TASK}/transfer", Act.TICKET_TRANSFER, desk.pass_on),
    Route("GET", f"{TASK}/notmine", Act.TICKET_RETURN, desk.choose_reason),
    Route("POST", f"{TASK}/notmine", Act.TICKET_RETURN, desk.hand_back),
    Route("POST", f"{TASK}/done", Act.TICKET_FINISH, desk.done, photos=True),
    Route("GET", f"{TASK}/more", Act.TICKET_ARRANGE, arranging.ways),
    Route("POST", f"{TASK}/more", Act.TICKET_ARRANGE, arranging.arrange),
    Route("GET", "/mine", Act.CHAT_READ, tickets.mine),
    Route("GET", "/mine/data", Act.DATA_EXPORT, mydata.show),
    Route("POST", "/mine/name", Act.NAME_CHANGE, mydata.rename),
    Route("GET", "/mine/data/export.json", Act.DATA_EXPORT, mydata.export),
    Route("POST", "/mine/data/erase", Act.DATA_ERASE, mydata.wipe),
    Route("GET", f"/t/{NO}", Act.TICKET_READ, tickets.ticket),
    Route("POST", f"/t/{NO}", Act.TICKET_READ, tickets.respond),
    Route("GET", f"/t/{NO}/photo/{{nth:[0-9]}}", Act.MEDIA_READ, pictures.before_photo),
    Route("GET", f"/t/{NO}/after/{{nth:[0-9]}}", Act.MEDIA_READ, pictures.after_photo),
    Route("GET", f"/t/{NO}/voice/{{nth:[0-9]}}", Act.MEDIA_READ, pictures.voice),
    Route("POST", f"/t/{NO}/cover", Act.MEDIA_REDACT, pictures.cover),
)
LOOK = (
    Route("GET", "/look", Act.CHAT_READ, look.look),
    Route("POST", "/look", Act.CHAT_READ, look.choose),
)
MONTH = "/board/report/{month:[0-9]{4}-[0-9]{2}}"
NOTICE = "/notices/{id}"
ROUND = f"{NOTICE}/rounds/{{code}}"
OFFICE = (
    Route("GET", "/admin", Act.FAQ_READ, admin.faq_list),
    Route("GET", "/admin/try", Act.FAQ_READ, trying.attempt),
    Route("POST", "/admin/try", Act.FAQ_EDIT, trying.attempt_unsaved),
    Route("GET", "/admin/unanswered", Act.FAQ_READ, unanswered.unanswered),
    Route("POST", "/admin/unanswered", Act.FAQ_EDIT, unanswered.settle),
    Route("GET", "/admin/waiting", Act.FAQ_READ, waiting.show),
    Route("POST", "/admin/waiting", Act.FAQ_EDIT, waiting.settle),
    Route("POST", "/admin/preview", Act.FAQ_EDIT, editor.preview),
    Route("GET", "/admin/faq", Act.FAQ_EDIT, editor.blank),
    Route("POST", "/admin/faq", Act.FAQ_EDIT, editor.add),
    Route("GET", "/admin/faq/{id}", Act.FAQ_READ, editor.entry),
    Route("POST", "/admin/faq/{id}", Act.FAQ_EDIT, editor.save),
    Route("GET", "/admin/faq/{id}/history", Act.FAQ_READ, history.show),
    Route("POST", "/admin/faq/{id}/history", Act.FAQ_EDIT, history.act),
    Route("GET", "/notices/new", Act.NOTICE_EDIT, notice_new.blank),
    Route("POST", "/notices/new", Act.NOTICE_EDIT, notice_new.add),
    Route("GET", "/notices", Act.NOTICE_READ, notices.notice_list),
    Route("GET", NOTICE, Act.NOTICE_READ, notice.show),
    Route("POST", f"{NOTICE}/test", Act.NOTICE_SEND, notice.test),
    Route("GET", f"{NOTICE}/send", Act.NOTICE_SEND, notice.confirm),
    Route("POST", f"{NOTICE}/send", Act.NOTICE_SEND, notice.send),
    Route("POST", ROUND, Act.NOTICE_SEND, rounds.steer),
    Route("GET", f"{ROUND}/correct", Act.NOTICE_SEND, rounds.word),
    Route("POST", f"{ROUND}/correct", Act.NOTICE_SEND, rounds.put_right),
    Route("GET", f"{NOTICE}/edit", Act.NOTICE_EDIT, notice_editor.edit),
    Route("POST", f"{NOTICE}/edit", Act.NOTICE_EDIT, notice_editor.save),
    Route("GET", f"{NOTICE}/history", Act.NOTICE_EDIT, notice_editor.history),
    Route("POST", f"{NOTICE}/history", Act.NOTICE_EDIT, notice_editor.put_back),
    Route("GET", "/board", Act.BOARD_READ, board.board),
    Route("GET", "/board/live", Act.BOARD_READ, sockets.live_board),
    Route("GET", "/board/rows/{key}", Act.BOARD_READ, board.rows),
    Route("GET", "/board/search", Act.BOARD_READ, board.search),
    Route("POST", "/board/look", Act.BOARD_READ, board.choose_theme),
    Route("GET", MONTH, Act.REPORT_READ, report.report),
    Route("GET", f"{MONTH}/numbers/{{key}}", Act.REPORT_READ, report.numbers),
    Route("GET", f"{MONTH}/workbook", Act.REPORT_READ, report.workbook),
    Route("POST", "/board/finding/{finding:[0-9]{1,9}}", Act.FINDING_SETTLE, watching.settled),
)

FILES = (
    Route("GET", "/admin/export.xlsx", Act.FAQ_EDIT, faq_files.export),
    Route("GET", "/admin/import", Act.FAQ_EDIT, faq_files.show),
    Route("POST", "/admin/import", Act.FAQ_EDIT, faq_files.preview, photos=True),
    Route("POST", "/admin/import/confirm", Act.FAQ_EDIT, faq_files.confirm, photos=True),
)
INVITE = "/admin/invites/{invite:[0-9]{1,9}}"
INVITES = (
    Route("GET", "/admin/invites", Act.INVITE_MAKE, invites.show),
    Route("POST", "/admin/invites", Act.INVITE_MAKE, invites.make),
    Route("GET", INVITE, Act.INVITE_MAKE, invites.poster),
    Route("GET", f"{INVITE}/code.svg", Act.INVITE_MAKE, invites.code),
    Route("POST", f"{INVITE}/end", Act.INVITE_MAKE, invites.end),
    Route("POST", "/admin/neighbours/{person}", Act.INVITE_MAKE, invites.judge),
)
TOPIC = "/topics/{topic:[0-9]{1,9}}"
TOPICS = (
    Route("GET", "/topics", Act.TOPIC_READ, topics.show),
    Route("POST", "/topics", Act.TOPIC_RAISE, topics.add),
    Route("POST", f"{TOPIC}/decide", Act.TOPIC_DECIDE, topics.decide),
    Route("POST", f"{TOPIC}/drop", Act.TOPIC_DECIDE, topics.drop),
    Route("POST", f"{TOPIC}/finish", Act.TOPIC_FINISH, topics.finish),
)

ROUTES = OPEN + TALK + TICKETS + LOOK + OFFICE + FILES + INVITES + TOPICS + MANAGING


def files() -> tuple[str, ...]:
    """Return the modules that pages are in, those of the residents first."""
    pages = (route.handler for route in ROUTES if isinstance(route.handler, Page))
    return tuple(dict.fromkeys(page.file for page in pages))
