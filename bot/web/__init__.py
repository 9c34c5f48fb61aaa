"""Pages: aiohttp, Jinja, htmx and WeUI, everything served from here.

The rooms are who opens a page: residents, helpers (desk), office, other systems (open311). Beside
them stand the server and what all pages use; addresses.py is the table of all.
"""
