"""Files and the store: what was collected, issued, made due, queued and sent, kept so that it stays."""
