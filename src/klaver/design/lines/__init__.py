"""Lines: who stands at which station and does what there, when every worker has times of their own."""
