"""Everything that can happen to questions and answers: given, objected to, changed, put right."""
