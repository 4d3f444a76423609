"""The default engine: embedded, on Whoosh-Reloaded."""
