"""What every page shares: its frame, the road, the words, and how a mistake is told."""
