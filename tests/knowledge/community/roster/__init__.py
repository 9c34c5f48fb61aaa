"""Tests of knowledge/community/roster."""
