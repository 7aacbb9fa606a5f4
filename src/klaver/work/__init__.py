"""Analyse: what work is done on a workplace, by whom, when, and what it asks of a person."""
