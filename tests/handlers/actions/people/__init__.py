"""Tests of what can happen to people and their accounts."""
