"""Tickets: their states and steps, their promises and clocks, their proof."""
