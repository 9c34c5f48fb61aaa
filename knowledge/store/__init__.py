"""The neighbourhood's memory: engine, rows and queries."""
