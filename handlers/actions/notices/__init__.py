"""Everything that can happen to a notice: sent, passed on, answered, halted, put right."""
