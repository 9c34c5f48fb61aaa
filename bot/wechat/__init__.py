"""What the WeChat family shares: sealed callbacks, the API with its token, error codes."""
