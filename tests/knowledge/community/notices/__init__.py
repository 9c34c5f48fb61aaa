"""Tests of knowledge/community/notices."""
