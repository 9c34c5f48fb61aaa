"""Whole months of a neighbourhood's life, made of chance and told as a story for `linli replay`."""
