"""Every change of state is one function here."""
