"""What commands read: glossaries, documents, queries and records, and how the work on many of them is shared out."""
