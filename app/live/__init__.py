"""To every screen: the one road to a write, the bell, the views, the rooms of those who watch, the wire."""
