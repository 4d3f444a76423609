"""Engines: each in a folder of its own, the library it stands on imported nowhere else."""
