"""What follows from a roster: who is responsible where, and who may see and do what."""
