"""Decision gates: who agreed to which named parts of a design, who objects, and what changed since."""
