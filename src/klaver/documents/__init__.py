"""What people take to the meeting: the advice report and the function cards, as HTML, PDF, XLSX and JSON."""

from klaver.documents.writing import write_all

__all__ = ["write_all"]
