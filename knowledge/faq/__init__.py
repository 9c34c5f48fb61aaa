"""Policy questions: entries in files, the words people use, the index and its confidence."""
