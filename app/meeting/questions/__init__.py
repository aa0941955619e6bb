"""Questions of the audience: asked from phones, looked at by a moderator of their own, and answered."""
