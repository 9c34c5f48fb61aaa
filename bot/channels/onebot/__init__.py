"""OneBot 11 by reverse WebSocket: a program that is logged in as a QQ account dials in to us."""
