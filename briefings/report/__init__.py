"""From a report to its claims: sentence by sentence, each count with its office, days, place and group."""
