"""The helpers' pages: tasks, tickets, the street's board, meetings and the month's report."""
