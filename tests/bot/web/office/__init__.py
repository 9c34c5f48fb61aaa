"""Tests of bot/web/office."""
