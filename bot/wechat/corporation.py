"""How a corporation's programs log in and are called: the same for all that it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.wechat.api import Api
from bot.wechat.callback import Callback
from bot.wechat.crypt import Crypt

if TYPE_CHECKING:
    from pydantic import SecretStr


class Program(Protocol):
    """The settings of one program of a corporation."""

    @property
    def corp_id(self) -> str:
        """The corporation."""
        ...

    @property
    def secret(self) -> SecretStr:
        """The program's password."""
        ...

    @property
    def token(self) -> SecretStr:
        """What callbacks are signed with."""
        ...

    @property
    def aes_key(self) -> SecretStr:
        """What callbacks are sealed with."""
        ...

    @property
    def api(self) -> str:
        """Where the platform is."""
        ...


def api_of(program: Program) -> Api:
    """Return the way to the platform."""
    login = {"corpid": program.corp_id, "corpsecret": program.secret.get_secret_value()}
    return Api(program.api, "/cgi-bin/gettoken", login)


def callback_of(program: Program) -> Callback:
    """Return what reads the platform's calls.

    Raises:
        ValueError: token or aes_key is not in the form that the platform gives out.
    """
    token, key = program.token.get_secret_value(), program.aes_key.get_secret_value()
    return Callback(token, Crypt(token, key, program.corp_id))
