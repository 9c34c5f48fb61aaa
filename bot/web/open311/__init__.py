"""Open311 GeoReport v2: the public ledger for other systems."""
