"""Who is who: people with a login, the organisations they work for, and what each role may do."""
