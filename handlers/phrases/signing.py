"""What is said about signing in."""

from __future__ import annotations

NOBODY_OF_THAT_NAME = "花名册里没有这个人，或者已经停用。请先在花名册里加上。"
ADDRESS_SPENT = "这个登录链接用过了或已过期。请向社区再要一个新的。"
