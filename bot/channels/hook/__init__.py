"""The generic signed channel (CONTRACT §8): any program may bring in and take out messages."""
