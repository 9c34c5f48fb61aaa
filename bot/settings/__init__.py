"""The sections of `linli.toml`, one file each."""
