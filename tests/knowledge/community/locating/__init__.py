"""Tests of knowledge/community/locating."""
