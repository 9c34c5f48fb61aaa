"""Tests of the questions and answers."""
