"""Tests of knowledge/community/words."""
