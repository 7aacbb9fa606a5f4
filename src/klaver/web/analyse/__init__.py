"""Analyse: workplaces and their tasks in the browser."""
