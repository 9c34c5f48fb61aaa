"""Tests of bot/semantic."""
