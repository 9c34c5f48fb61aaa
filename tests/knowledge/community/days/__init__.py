"""Tests of knowledge/community/days."""
