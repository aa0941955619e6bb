"""The panel judges the cure: the same seats say, in secret, whether what they found was put right."""
