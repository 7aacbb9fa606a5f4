"""Choose: occupations and their tasks from official sources."""
