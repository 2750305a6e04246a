"""Users of further protocols."""
