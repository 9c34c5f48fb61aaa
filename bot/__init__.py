"""Where: the outside world — wiring, channels, pages, settings, logs and the command line."""

__version__ = "0.1.0"
