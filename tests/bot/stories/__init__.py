"""Tests of bot/stories."""
