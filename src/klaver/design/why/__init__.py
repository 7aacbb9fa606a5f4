"""Why a task is not in a job, what it costs to force it, what small change allows it, and why not one more job."""
