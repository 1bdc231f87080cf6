"""How a command line is read: the table of commands and options, and the two readers that go by it."""
