"""The monthly report as a document, a page to print and a workbook."""
