"""Look slogans up: `packs.open_lookup` opens the compiled glossaries, `engine.Lookup` answers."""
