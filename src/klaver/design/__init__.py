"""Design: which new jobs the tasks can make, judged by a checker that needs no solver."""
