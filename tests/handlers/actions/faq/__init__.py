"""Tests of what can happen to questions and answers."""
