"""What `./run` is made of: standard library only, importable before any package is installed."""
