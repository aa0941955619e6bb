"""The seats: who is here, and from which device a seat is led."""
