"""Searches in the background: the queue, who works it off, and the process that counts."""
