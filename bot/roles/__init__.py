"""Who does what when several processes share the work."""
