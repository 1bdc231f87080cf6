"""What a person sees and types: streams and errors, text in columns, panels, findings, progress, questions."""
