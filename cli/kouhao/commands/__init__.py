"""The commands, a module each: what was asked for is given to the library, and its answer is shown."""
