"""Places and the words for them: names, house numbers, numerals."""
