"""One local page for those who never open a terminal: look a slogan up, check a document, take the corrections."""
