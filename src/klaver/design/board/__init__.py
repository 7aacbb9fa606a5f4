"""A design on the table: cards that people move, and what each move does; every step can be taken back."""
