"""What the WeChat family shares."""
