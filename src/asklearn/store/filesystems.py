"""Which file system a folder lies on; network ones are refused, since their locks cannot be trusted."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from asklearn.core.errors import StorageError

#: Types as Linux and macOS name them. Local ones that look remote (9p of virtual machines, overlay,
#: FUSE in general) are fine.
NETWORK = frozenset({
    "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.ceph", "fuse.davfs2",
    "fuse.gcsfuse", "fuse.glusterfs", "fuse.juicefs", "fuse.mfs", "fuse.rclone", "fuse.s3fs",
    "fuse.sshfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "orangefs", "pvfs2", "smb",
    "smb2", "smb3", "smbfs", "sshfs", "webdav",
})  # fmt: skip


def refuse_network(folder: Path) -> None:
    """Raise when a folder lies on a network file system.

    Raises
    ------
    StorageError
        One sentence, with the type and what to do.
    """
    kind = file_system(folder.resolve(), mount_table())
    if kind in NETWORK:
        raise StorageError(
            f"{folder} lies on a network file system ({kind}), whose locks cannot keep answers safe; "
            "put the project on a local disk."
        )


def file_system(path: Path, table: str) -> str | None:
    """The type of the file system that holds a path, by a table of mounts as Linux or macOS writes it."""
    best: tuple[int, str | None] = (-1, None)
    for line in table.splitlines():
        mounted = _mounted(line)
        if mounted and path.is_relative_to(mounted[0]) and len(mounted[0]) >= best[0]:
            best = (len(mounted[0]), mounted[1])
    return best[1]


def _mounted(line: str) -> tuple[str, str] | None:
    if macos := re.match(r".+ on (/.*) \(([^,)]+)", line):
        return macos[1], macos[2]
    parts = line.split(" ")
    if len(parts) < 3:
        return None
    folder = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), parts[1])
    return folder, parts[2]


def mount_table() -> str:
    """The machine's table of mounts; empty where it cannot be read."""
    try:
        if sys.platform == "darwin":
            return subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, check=False, timeout=5
            ).stdout
        return Path("/proc/self/mounts").read_text(errors="replace")
    except (OSError, subprocess.SubprocessError):
        return ""
