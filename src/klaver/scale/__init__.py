"""The scale: 36 dimensions of five levels, what a timetable composes, and the language ladder."""
