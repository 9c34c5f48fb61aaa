"""微信客服: anybody in WeChat asks in private; we are nudged and fetch what was said."""
