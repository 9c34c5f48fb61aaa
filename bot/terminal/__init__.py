"""What the commands stand on: who calls, the records, the neighbourhood in use, days and moments."""
