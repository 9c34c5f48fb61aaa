"""What is wrong with this installation, and how it is mended."""
