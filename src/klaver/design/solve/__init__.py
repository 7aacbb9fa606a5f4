"""The engine: finds designs, proves bounds, and never judges its own work (``design.check`` does)."""
