"""What residents, leaders and admins can do: understand, act, say."""
