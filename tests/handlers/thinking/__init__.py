"""Tests of what the bot makes of one message."""
