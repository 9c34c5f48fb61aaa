"""Tests of what can happen to a notice."""
