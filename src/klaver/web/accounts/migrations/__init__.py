"""How the tables of users, organisations and memberships came to be."""
