"""What the bot makes of one message: pure, the same for the chat, `ask` and `eval`; read considering.py first."""
