"""The month in figures: each with its formula and the numbers of the tickets it was counted from."""
