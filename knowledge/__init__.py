"""What the bot knows: texts, places, people, rules and what has happened."""
