"""A notebook cannot tell a forked kernel from one started anew: the same cells give the same outputs and faults."""

# ruff: noqa: E501 -- cells of notebooks are long

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from nbformat.v4 import new_code_cell, new_notebook
from test_warm import gone, processes_of

from briefings.errors import NotebookError
from briefings.kernels import confine, kernels, warm
from briefings.kernels.kernels import RunRecord

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked warm on Linux alone"),
]
SPECS = Path(kernels.__file__).parents[1] / "data" / "jupyter" / "kernels"

ALIKE = {
    "display": "from IPython.display import *; display(HTML('<b>x</b>'), Markdown('*x*'), {'a': 1}); display(SVG('<svg/>'))",
    "handle": "h = display('one', display_id='d'); h.update('two')",
    "frame": "import pandas as pd; pd.DataFrame({'a': [1, 2.5], 'b': ['x', 'y']})",
    "wide frame": "pd.DataFrame([list(range(40))])",
    "array": "import numpy as np; np.arange(2000.)",
    "streams": "import sys; print('out'); print('err', file=sys.stderr); sys.__stdout__.write('')",
    "warning": "import warnings; warnings.warn('mind')",
    "deprecated": "warnings.warn('old', DeprecationWarning)",
    "shell": "!echo hi; echo no >&2; pwd | wc -l",
    "shell value": "files = !printf 'a\\nb'\nfiles",
    "program": "import subprocess; print(subprocess.run(['echo', 'hi'], capture_output=True).stdout)",
    "program's own output": "import time; _ = subprocess.run(['sh', '-c', 'echo from a child']); time.sleep(0.5)",
    "descriptor": "import os; written = os.write(1, b'from below\\n'); time.sleep(0.5)",
    "magics": "%env OSTIN=1\n%who\n%precision 3\n3.14159",
    "cell magic": "%%bash\necho in bash; exit 0",
    "capture": "%%capture kept\nprint('kept')",
    "all magics": "m = get_ipython().magics_manager.lsmagic(); print(len(m['line']), len(m['cell']), kept.stdout)",
    "history": "In[1][:10], Out.keys() == Out.keys(), _ is _",
    "threads": "import threading\nt = threading.Thread(target=print, args=('in a thread',)); t.start(); t.join()\n"
    "sorted(one.name for one in threading.enumerate())",
    "tasks": "import asyncio\nasync def twice(n):\n    await asyncio.sleep(0)\n    return 2 * n\n"
    "await asyncio.gather(*(asyncio.create_task(twice(n)) for n in range(3)))",
    "loop": "type(asyncio.get_running_loop()).__name__, asyncio.get_event_loop_policy().__class__.__name__",
    "processes": "import multiprocessing, operator\nwith multiprocessing.get_context('spawn').Pool(1) as pool:\n"
    "    print(pool.map(operator.neg, [1, 2]), multiprocessing.get_start_method())",
    "environment": "sorted((k, v) for k, v in os.environ.items() if k not in ('JPY_SESSION_NAME', 'JPY_PARENT_PID',"
    " 'IPYTHONDIR', 'JUPYTER_CONFIG_DIR', 'BRIEFINGS_RUN'))",
    "parent": "os.environ['JPY_PARENT_PID'] == str(os.getppid()) or os.getppid()",
    "arguments": "sys.argv[:1], len(sys.argv), len(sys.orig_argv), sys.path, list(sys.flags), sys.executable",
    "folder": "os.listdir(), os.getcwd().rpartition('/')[2], os.getpgrp() == os.getpid() == os.getsid(0)",
    "files": "import re; sorted(re.sub(r'(?<=\\[)\\d+', 'N', os.readlink(f'/proc/self/fd/{n}')) for n in os.listdir('/proc/self/fd')"
    " if os.path.exists(f'/proc/self/fd/{n}') or os.path.islink(f'/proc/self/fd/{n}'))",
    "limits": "import resource, signal; [resource.getrlimit(n) for n in range(16)], os.umask(0o22)",
    "signals": "[str(signal.getsignal(n)).split(' at ')[0] for n in sorted(signal.valid_signals())]",
    "clock and tongue": "import locale; time_zone = __import__('time').tzname; locale.getlocale(), time_zone, hash('a')",
    "names": "sorted(k for k in globals() if not k.startswith('_')), __name__, get_ipython().__class__.__name__",
    "own module": "sys.path.insert(0, os.environ['BRIEFINGS_WORKSPACE']); import ours; ours.WORD",
    "help": "ours?",
    "completion": "get_ipython().complete('oper')[1]",
    "late": "import io; buffer = io.StringIO(); print('x', file=buffer); buffer.getvalue()",
    "desk": "import briefings; from briefings.sections import Prose, Section, Text\n"
    "Section.of(Prose(paragraphs=((Text(text='All quiet.'),),)), slot='bottom_line')",
    "error": "def f(n):\n    return {}[n]\ntry:\n    f(1)\nexcept KeyError as fault:\n    f(fault)",
}
SILENT = ("capture", "help")
FIGURES = {
    "figure": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 3, 2]); plt.title('Toll')",
    "shown": "fig, ax = plt.subplots(); ax.bar(['a', 'b'], [1, 2]); plt.show(); plt.get_backend(), plt.get_fignums()",
    "svg": "get_ipython().run_line_magic('config', \"InlineBackend.figure_formats = ['svg']\")\n"
    "plt.rcParams['svg.hashsalt'] = 'x'; plt.plot([1, 2]); plt.gcf().savefig('x.svg', metadata={'Date': None})\n"
    "plt.close(); len(open('x.svg').read())",
    "settings": "import matplotlib; sorted((k, str(v)) for k, v in matplotlib.rcParams.items() if 'backend' not in k or 1)",
}
CHANCE = (
    "import random, uuid, tempfile, numpy as np\nprint(random.random(), np.random.rand(), np.random.default_rng().random(), "
    "uuid.uuid4(), next(tempfile._get_candidate_names()))"
)


@dataclass
class Bench:
    """A folder in which notebooks are written and run."""

    folder: Path

    def write(self, *cells: str) -> Path:
        """Write a notebook of these cells."""
        path = self.folder / "trial.ipynb"
        parameters = new_code_cell("brief = ''", metadata={"tags": ["parameters"]})
        notebook = new_notebook(cells=[parameters, *map(new_code_cell, cells)])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, path)
        return path

    def run(self, *cells: str, forked: bool = True, keep_going: bool = True, **limits: float) -> RunRecord:
        """Run cells in a kernel of their own."""
        job = confine.Job(self.write(*cells), {"brief": "trial"}, self.folder / "out.ipynb")
        bounds = confine.Limits(**{"cell_seconds": 90, **limits})  # type: ignore[arg-type]
        (record,) = kernels.run_all([job], workspace=self.folder, limits=bounds, warm=forked, keep_going=keep_going)
        return record

    def printed(self, *cells: str) -> str:
        """Return what the last of some cells prints in a forked kernel."""
        record = self.run(*cells, keep_going=False)
        return str(record.nb.cells[-1].outputs[0].text)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A folder with a module of the user's own."""
    (tmp_path / "ours.py").write_text("'''Ours.'''\nWORD = 'first'\n")
    return Bench(tmp_path)


def outputs(record: RunRecord, names: list[str]) -> dict[str, Any]:
    """Return the outputs of each cell by its name, without colours and numbers of processes and threads."""
    cells = [cell for cell in record.nb.cells if cell.cell_type == "code"]
    kept = dict(zip(names, cells[-len(names) :], strict=True))
    text = {name: json.dumps(cell.outputs, sort_keys=True) for name, cell in kept.items()}
    alike = ((r"briefings-run-\w+", "run"), (r"\bThread-\d+", "Thread"))
    for pattern, word in alike:
        text = {name: re.sub(pattern, word, one) for name, one in text.items()}
    return {name: json.loads(one) for name, one in text.items()}


@pytest.mark.parametrize("kind", ["plain", "figures"])
def test_cells_give_the_same_outputs_in_both_kinds_of_kernel(kind: str, bench: Bench) -> None:
    """Rich output, streams, magics, shell lines, threads, tasks, environment, files, signals, tracebacks, figures."""
    if kind == "figures":
        pytest.importorskip("matplotlib")
    cells = ALIKE if kind == "plain" else FIGURES
    forked, anew = (bench.run(*cells.values(), forked=forked) for forked in (True, False))
    names = list(cells)
    told, expected = outputs(forked, names), outputs(anew, names)
    assert {name: told[name] for name in names} == {name: expected[name] for name in names}
    assert [name for name in names if not told[name]] == [name for name in names if name in SILENT]
    assert str(forked.error) == str(anew.error)


def test_kernels_are_forked_unless_they_are_to_be_cold(bench: Bench) -> None:
    """The parent of a forked kernel is the zygote, and that of one started anew is whoever asked."""
    ask = (
        "import os; print(open(f'/proc/{os.getppid()}/cmdline').read().count('briefings.kernels.zygote'), os.getppid())"
    )
    assert bench.printed(ask).split()[0] == "1"
    cold = bench.run(ask, forked=False, keep_going=False)
    assert cold.nb.cells[-1].outputs[0].text.split() == ["0", str(os.getpid())]


def test_two_kernels_share_neither_chance_nor_names_nor_modules(bench: Bench) -> None:
    """What one notebook draws, defines, imports or changes, the next does not see."""
    first, second = (bench.printed(CHANCE).split() for _ in range(2))
    assert [one == other for one, other in zip(first, second, strict=True)] == [False] * 5
    word = "import os, sys; sys.path.insert(0, os.environ['BRIEFINGS_WORKSPACE']); import ours; print(ours.WORD)"
    spoil = "import pandas; pandas.DataFrame = None; os.environ['OSTIN'] = '1'; os.chdir('/')"
    assert bench.printed(spoil.replace("import pandas", "import os, pandas"), word) == "first\n"
    (bench.folder / "ours.py").write_text("WORD = 'second'\n")
    seen = "import pandas; print(ours.WORD, pandas.DataFrame is None, 'OSTIN' in os.environ, os.getcwd() == '/')"
    assert bench.printed(word, seen) == "second False False False\n"


FATES = {
    "segfault": "import ctypes; ctypes.string_at(0)",
    "left": "import os; os._exit(0)",
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "exit": "import sys; sys.exit(0)",
    "asks": "input('How many? ')",
    "late": "import time; time.sleep(60)",
    "deaf": "import signal, time\nwhile True:\n    try:\n        time.sleep(60)\n    except KeyboardInterrupt:\n        pass",
}


@pytest.mark.parametrize("fate", FATES)
def test_a_kernel_that_fails_fails_alike(fate: str, bench: Bench) -> None:
    """Crash, exit, question, time limit: one message for both kinds, no process left, and the next run is well."""
    mark = f"53.{os.getpid()}"
    cells = (f"import subprocess; child = subprocess.Popen(['sleep', '{mark}'])", FATES[fate])
    forked, anew = (bench.run(*cells, forked=forked, cell_seconds=4) for forked in (True, False))
    assert forked.error is not None
    assert str(forked.error) == str(anew.error)
    assert gone(f"^sleep {mark}")
    assert bench.printed("print('well')") == "well\n"


def test_a_kernel_whose_zygote_is_killed_dies_and_the_next_one_runs(bench: Bench) -> None:
    """It is told as any death of a kernel; nothing of it is left."""
    mark = f"54.{os.getpid()}"
    kill = (
        f"import os, signal, subprocess; subprocess.Popen(['sleep', '{mark}']); os.kill(os.getppid(), signal.SIGKILL)"
    )
    record = bench.run(kill, "import time; time.sleep(60)")
    assert isinstance(record.error, NotebookError)
    assert record.error.error_code == "KERNEL_DIED"
    assert gone(f"^sleep {mark}")
    assert bench.printed("print('well')") == "well\n"


@pytest.mark.parametrize("forked", [True, False])
def test_an_interrupt_stops_a_cell_and_the_kernel_goes_on(forked: bool) -> None:
    """Jupyter's own interrupt reaches the notebook's code, in a kernel asked for by its name."""
    name = "briefings-warm" if forked else "python3"
    manager = KernelManager(kernel_name=name, kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(SPECS)]))
    manager.start_kernel()
    assert isinstance(manager.provisioner.process, warm.Forked) == forked
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        asked = client.execute("import time\nprint('up')\ntime.sleep(60)", stop_on_error=False)
        while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
            pass
        manager.interrupt_kernel()
        while (reply := client.get_shell_msg(timeout=20))["parent_header"]["msg_id"] != asked:
            pass
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert client.execute_interactive("1 + 1", timeout=20)["content"]["status"] == "ok"
        manager.restart_kernel()
        client.wait_for_ready(timeout=60)
        assert client.execute_interactive("1 + 1", timeout=20)["content"]["status"] == "ok"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert not manager.has_kernel


PLAIN = """
import sys, papermill
for number in range(2):
    papermill.execute_notebook(sys.argv[1], sys.argv[2], {"brief": "b"}, kernel_name="briefings-warm", progress_bar=False)
"""


def test_papermill_runs_notebooks_in_forked_kernels_by_the_name_of_the_kernel(bench: Bench) -> None:
    """Whoever uses papermill without us chooses them with `-k`; nothing of ours is loaded into the notebook."""
    out = bench.folder / "plain.ipynb"
    seen = "import os, sys; open(f'/proc/{os.getppid()}/cmdline').read().count('briefings.kernels.zygote')"
    path = bench.write(seen, "import pandas; pandas.DataFrame({'a': [1]})")
    environment = {**os.environ, "JUPYTER_PATH": str(SPECS.parent)}
    command = [sys.executable, "-c", PLAIN, str(path), str(out)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, cwd="/") as runner:
        _, said = runner.communicate(timeout=120)
        assert runner.returncode == 0, said
    cells = nbformat.read(out, as_version=4).cells
    assert cells[-2].outputs[0].data["text/plain"] == "1"
    assert "text/html" in cells[-1].outputs[0].data
    assert gone(rf"briefings\.kernels\.zygote.*main\(\d+, {runner.pid}\)")


def test_kill_9_of_the_runner_leaves_no_zygote_kernel_or_child(bench: Bench) -> None:
    """Within seconds nothing of the run is there, children in sessions of their own included."""
    mark = f"55.{os.getpid()}"
    path = bench.write(
        f"import subprocess; subprocess.Popen(['sleep', '{mark}'], start_new_session=True)",
        "import time; time.sleep(60)",
    )
    code = (
        "import sys; from pathlib import Path; from briefings.kernels import kernels; "
        "kernels.run(Path(sys.argv[1]), {'brief': 'b'}, out=Path(sys.argv[2]), workspace=Path('/'))"
    )
    command = [sys.executable, "-c", code, str(path), str(bench.folder / "out.ipynb")]
    with subprocess.Popen(command, env={**os.environ, "TMPDIR": str(bench.folder)}) as runner:
        until = time.monotonic() + 60
        while not processes_of(f"^sleep {mark}") and time.monotonic() < until:
            time.sleep(0.1)
        assert processes_of(f"^sleep {mark}")
        runner.send_signal(signal.SIGKILL)
    assert gone(f"^sleep {mark}")
    assert gone(rf"briefings\.kernels\.zygote.*main\(\d+, {runner.pid}\)")
    until = time.monotonic() + 60
    while list(bench.folder.glob("briefings-run-*")) and time.monotonic() < until:
        time.sleep(0.1)
    assert not list(bench.folder.glob("briefings-run-*"))
