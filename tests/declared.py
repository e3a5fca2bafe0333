"""Parameters of every type that tests declare alike, as `brief.toml` has them, and the slot that a type needs."""

OF_EVERY_TYPE = """
[parameters.wide]
type = "bool"
default = false
[parameters.tone]
type = "choice"
choices = ["plain", "full"]
default = "plain"
[parameters.places]
type = "list"
default = []
[parameters.note]
optional = true
[slots.text]
kind = "prose"
"""
