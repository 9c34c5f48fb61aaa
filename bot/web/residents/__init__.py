"""The residents' pages: coming in by an invite, their chats, and what is kept of them."""
