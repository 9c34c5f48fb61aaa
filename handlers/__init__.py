"""What residents, leaders and admins can do: understand (intents, thinking), act (actions), say (phrases).

Begin with routing.py, the table of what is done with a message; the files beside it are its lines.
"""
