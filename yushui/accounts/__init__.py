"""Users, their roles and the area they work in. Knows no person of the register."""
