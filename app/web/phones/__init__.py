"""What the audience sends from its phones: by plain POST, from any browser, through any proxy."""
