"""Nothing here is needed on Katydid."""
