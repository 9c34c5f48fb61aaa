"""How a test plays the platform on the other side of each channel."""
