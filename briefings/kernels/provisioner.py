"""Kernels for Jupyter that are forked from a zygote: `papermill -k briefings-warm`, and our own runs.

Named to jupyter_client as a kernel provisioner, `briefings-warm`; it starts a kernel anew where none can be forked.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from ..notebook.guard import FOLDER
from . import warm

NAME = "briefings-warm"
_KNOWN = {"env", "cwd", "stdin", "stdout", "stderr", "independent", "extra_arguments", "kernel_id"}
_SOON = 0.005
_PATIENCE = 1.0


class WarmProvisioner(LocalProvisioner):
    """Forks kernels of this very Python, and is in all else the provisioner every kernel has."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel, or start it anew where that cannot be done."""
        if cmd[:3] == [sys.executable, "-m", "ipykernel_launcher"] and not kwargs.keys() - _KNOWN:
            try:
                process = await asyncio.to_thread(_fork, cmd[1:], kwargs)
            except warm.NotWarm as why:
                self.log.debug("the kernel is started anew: %s", why)
            else:
                self.process: Any = process
                self.pid = self.pgid = process.pid
                self.cwd = kwargs.get("cwd", Path.cwd())
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel, and stay until it has ended: Jupyter would look for that a tenth of a second later."""
        await super().kill(restart=restart)
        until = time.monotonic() + _PATIENCE
        while await self.poll() is None and time.monotonic() < until:
            await asyncio.sleep(_SOON)

    async def wait(self) -> int | None:
        """Wait until the kernel has ended; looked for more often than elsewhere, since a killed one is gone at once."""
        while await self.poll() is None:
            await asyncio.sleep(_SOON)
        return await super().wait()


def _fork(arguments: list[str], asked: dict[str, Any]) -> warm.Forked:
    environment = dict(asked.get("env") or os.environ)
    if not asked.get("independent"):
        environment["JPY_PARENT_PID"] = str(os.getpid())
    return warm.spawn(
        warm.KERNELS,
        arguments,
        env=environment,
        cwd=str(asked.get("cwd") or Path.cwd()),
        stdin=subprocess.DEVNULL if asked.get("stdin") is None else asked["stdin"],
        stdout=asked.get("stdout"),
        stderr=asked.get("stderr"),
        folder=environment.get(FOLDER, ""),
    )
