"""Pages: aiohttp, Jinja, htmx and WeUI, everything served from here."""
