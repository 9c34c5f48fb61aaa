"""Days and hours: the zone, the months, working days and festivals."""
