"""The scoring of one presentation after another."""
