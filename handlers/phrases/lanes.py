"""How an urgent request is called, and what is promised for it."""

from __future__ import annotations

from knowledge.community.tickets.ticket import Lane

LANE_TITLES = {Lane.P0: "危急", Lane.P1: "紧急"}
VISIT_WORDS = {Lane.P0: "目标 15 分钟内到场", Lane.P1: "目标半小时内上门"}
CLAIM_WORDS = {Lane.P0: "3 分钟", Lane.P1: "10 分钟"}
