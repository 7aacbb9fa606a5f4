"""What people take to the meeting: the advice report and the function cards, as HTML, PDF, XLSX and JSON."""
