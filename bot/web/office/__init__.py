"""The administrators' pages: answers, notices, roster, channels and what is kept."""
