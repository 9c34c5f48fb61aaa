"""Reading the plain-text files that admins edit."""
