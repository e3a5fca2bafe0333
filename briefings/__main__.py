"""Runs the command line: `briefings` and `python -m briefings`."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line.

    A command keeps most of what it loads and makes until it ends: memory is searched for what is no longer needed one
    time in seventy, and not at all at the end, where the search would take longer than many a command.
    """
    gc.set_threshold(50_000)
    from .core.stacks import in_one_piece

    try:
        in_one_piece(_command)
    finally:
        gc.freeze()


def _command() -> None:
    from .cli.app import app
    from .cli.completion import complete_in_bash

    complete_in_bash(app)
    app()


if __name__ == "__main__":
    main()
