"""Tests of what happens to tickets."""
