"""Tests of bot/benches."""
