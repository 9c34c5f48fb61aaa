"""Everything that can happen to people and their accounts: come in, sign in, link, lead, be away, be erased."""
