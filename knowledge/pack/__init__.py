"""The texts every new data folder starts with: questions, notices and a demo street."""
