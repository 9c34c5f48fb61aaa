"""企业微信 智能机器人: one long connection, by which a bot hears and speaks in internal chats."""
