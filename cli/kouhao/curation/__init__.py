"""What a curator does with a glossary: prove it, compare it, and make new entries from documents and tables."""
