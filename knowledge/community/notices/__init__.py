"""Notices: what they say, to whom and on which days, and how much a chat bears."""
