"""Tests of reading the files that admins edit."""
