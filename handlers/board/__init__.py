"""The street's board: what stands now and what became of the last days, by place. Never by person."""
