"""Tests of the pages of residents."""
