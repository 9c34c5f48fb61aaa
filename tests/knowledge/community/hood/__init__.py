"""Tests of knowledge/community/hood."""
