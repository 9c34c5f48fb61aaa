"""Tests of knowledge/community/tickets."""
