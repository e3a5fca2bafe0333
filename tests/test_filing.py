"""Files and folders appear whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefings.errors import DiskFull
from briefings.storage.filing import FolderError, file_folder, replace_file


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 256 kB that fills up for real."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_folder_appears_with_all_its_files(tmp_path: Path) -> None:
    """What was asked for is there, sub-folders included, and nothing else."""
    file_folder(tmp_path / "reports" / "one", {"a.txt": b"a", "deep/b.txt": b"b"})
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == ["one"]
    assert (tmp_path / "reports" / "one" / "deep" / "b.txt").read_bytes() == b"b"


def test_a_folder_is_never_written_over(tmp_path: Path) -> None:
    """An edition that exists stays as it is."""
    file_folder(tmp_path / "one", {"a.txt": b"first"})
    with pytest.raises(FileExistsError):
        file_folder(tmp_path / "one", {"a.txt": b"second"})
    assert (tmp_path / "one" / "a.txt").read_bytes() == b"first"


def test_a_full_disk_leaves_nothing_behind(tiny_disk: Path) -> None:
    """On a full disk there is one clear error, no half folder, and the old file is whole."""
    replace_file(tiny_disk / "kept.txt", b"old")
    with pytest.raises(DiskFull, match="no space is left"):
        file_folder(tiny_disk / "edition", {"brief.pdf": b"x" * 600_000})
    with pytest.raises(DiskFull):
        replace_file(tiny_disk / "kept.txt", b"y" * 600_000)
    assert [path.name for path in tiny_disk.iterdir()] == ["kept.txt"]
    assert (tiny_disk / "kept.txt").read_bytes() == b"old"


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    """The message names the place and what to do."""
    (tmp_path / "reports").write_text("a file")
    with pytest.raises(FolderError, match="may write to it"):
        file_folder(tmp_path / "reports" / "one", {"a.txt": b"a"})


def test_what_a_killed_run_left_is_swept_away(tmp_path: Path) -> None:
    """A run killed between writing and renaming leaves no edition, and the next run removes its remains."""
    script = (
        "import sys, pathlib, time\n"
        "from briefings.storage import filing\n"
        "filing._sync_folder = lambda folder: None\n"
        "def stall(path, data):\n"
        "    path.write_bytes(data[:1]); print('writing', flush=True); time.sleep(60)\n"
        "filing._write_through = stall\n"
        "filing.file_folder(pathlib.Path(sys.argv[1]) / 'one', {'brief.pdf': b'whole'})\n"
    )
    runner = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert runner.stdout is not None
    assert runner.stdout.readline() == "writing\n"
    os.kill(runner.pid, signal.SIGKILL)
    runner.wait()
    runner.stdout.close()
    assert not (tmp_path / "one").exists()
    assert any(path.name.startswith(".making-") for path in tmp_path.iterdir())

    file_folder(tmp_path / "two", {"brief.pdf": b"whole"})
    assert [path.name for path in tmp_path.iterdir()] == ["two"]


def test_a_reader_never_sees_a_part(tmp_path: Path) -> None:
    """While a file is replaced again and again, a reader sees one whole version or another."""
    target = tmp_path / "latest.json"
    replace_file(target, b"a" * 50_000)
    writer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib\n"
            "from briefings.storage.filing import replace_file\n"
            "for turn in range(60): replace_file(pathlib.Path(sys.argv[1]), (b'a', b'b')[turn % 2] * 50_000)\n",
            str(target),
        ]
    )
    seen = set()
    while writer.poll() is None:
        data = target.read_bytes()
        seen.add((len(data), data[:1] == data[-1:]))
        time.sleep(0.001)
    assert seen == {(50_000, True)}
