"""What the database holds: the same documents as the files, with the columns that are searched and counted."""
