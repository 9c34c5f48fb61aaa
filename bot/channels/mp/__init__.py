"""公众号: followers ask in private; the answer goes back with the call, or soon after."""
