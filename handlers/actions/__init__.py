"""Every change of state is one function here, called alike by chat, page, clock and command line.

The rooms are what it is that changes; what all of them use (telling, menus, names …) stands beside.
"""
