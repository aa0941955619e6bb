"""The second half: findings handed to units, and what becomes of them until they are struck off, in public."""
