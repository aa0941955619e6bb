"""What the screens of the hall show."""
