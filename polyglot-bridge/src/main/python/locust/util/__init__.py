"""Small things that locustfiles import from Locust."""
