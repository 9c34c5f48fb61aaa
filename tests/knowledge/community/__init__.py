"""Tests of knowledge/community."""
