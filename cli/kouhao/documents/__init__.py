"""Documents: files, folders and standard input as text with positions; anything that is no document as one typed error."""
