"""How the numbers and tables inside the FAQ matcher were made, to make them again."""
