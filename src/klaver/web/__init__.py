"""The workbench: the whole road in the browser; it knows Django, nothing below it does."""
