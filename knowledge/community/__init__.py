"""The neighbourhood: places, people, requests and notices as plain values and rules."""
