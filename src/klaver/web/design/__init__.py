"""Design in the browser: wishes, runs, alternatives and boards."""
