"""The nouns, the errors, the languages and the settings; nothing here knows of any other part."""
