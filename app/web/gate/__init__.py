"""What stands before every door: how much anybody may send, from where, how often, and with which token."""
