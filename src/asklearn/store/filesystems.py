"""Which file system a folder lies on; network ones are refused, since their locks cannot be trusted."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from asklearn.core.errors import StorageError

#: Types as Linux and macOS name them. Local ones that look remote (9p of virtual machines, overlay,
#: FUSE in general) are fine.
NETWORK = frozenset(
    "nfs nfs4 cifs smb smb2 smb3 smbfs afpfs afs ncpfs webdav davfs ceph glusterfs lustre beegfs gpfs pvfs2 "
    "orangefs coda fuse.sshfs fuse.s3fs fuse.rclone fuse.gcsfuse fuse.glusterfs fuse.davfs2 fuse.ceph "
    "fuse.mfs fuse.juicefs sshfs".split()
)


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
            return subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=5).stdout
        return Path("/proc/self/mounts").read_text(errors="replace")
    except (OSError, subprocess.SubprocessError):
        return ""
