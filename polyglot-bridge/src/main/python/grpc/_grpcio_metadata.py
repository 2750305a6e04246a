"""The version of grpcio that this package answers to."""
__version__ = """1.85.3"""
