"""Match: for whom a job is open, with which aid, and what shuts it; nobody is ranked."""
