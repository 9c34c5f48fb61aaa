"""Measurements: one file each, with a `measure()` that returns its figures."""
