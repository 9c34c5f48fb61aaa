"""What several processes tell one another."""
