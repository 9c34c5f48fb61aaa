"""企业微信 自建应用: members talk to it in private, task cards come with buttons."""
