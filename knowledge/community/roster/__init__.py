"""The roster: people, places and chats as they are written down, checked and compared."""
