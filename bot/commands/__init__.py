"""One file per command of `linli`; each is imported only when it is called."""
