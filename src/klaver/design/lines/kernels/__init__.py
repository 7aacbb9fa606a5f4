"""The loops of the search for a line: compiled with the extra ``fast``, else the same loops as plain Python."""
