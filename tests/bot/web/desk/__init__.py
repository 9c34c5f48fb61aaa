"""Tests of bot/web/desk."""
