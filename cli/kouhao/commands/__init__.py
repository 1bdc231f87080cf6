"""The commands: what stands between a person and the use cases. Only here and in `main` is anything printed."""
