"""Tests of knowledge/pack."""
