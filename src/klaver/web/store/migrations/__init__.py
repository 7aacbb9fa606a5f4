"""How the tables of workplaces, runs, designs and boards came to be."""
