"""Calls of what helps tests, each in a process of its own: its memory and its children are its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SCRIPT = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from random import Random
sys.path.insert(0, {tests!r})
from {module} import *
print(json.dumps(asdict({call})))
"""


def apart(module: str, call: str) -> dict[str, Any]:
    """Return what a call of a module beside this one comes to: the fields of the dataclass it returns."""
    script = SCRIPT.format(tests=str(Path(__file__).parent), module=module, call=call)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))
