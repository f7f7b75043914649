"""Network file systems are refused; local ones that look remote are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from asklearn.core.errors import StorageError
from asklearn.store import filesystems
from asklearn.store.filesystems import file_system, refuse_network

LINUX = r"""
/dev/vda / ext4 rw,relatime 0 0
overlay /var/lib overlay rw 0 0
server:/export /home nfs4 rw,vers=4.2 0 0
/dev/sdb /home/local xfs rw 0 0
//server/share /mnt/my\040share cifs rw 0 0
user@host: /mnt/remote fuse.sshfs rw 0 0
host /wsl 9p rw 0 0
"""
MACOS = """
/dev/disk1s1 on / (apfs, local, journaled)
//user@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by user)
server:/x on /Volumes/my home (nfs)
"""


@pytest.mark.parametrize(
    ("path", "table", "kind"),
    [
        ("/tmp/project", LINUX, "ext4"),
        ("/home/ana/project", LINUX, "nfs4"),
        ("/home/local/project", LINUX, "xfs"),
        ("/homework", LINUX, "ext4"),
        ("/mnt/my share/project", LINUX, "cifs"),
        ("/mnt/remote", LINUX, "fuse.sshfs"),
        ("/wsl/project", LINUX, "9p"),
        ("/Users/ana", MACOS, "apfs"),
        ("/Volumes/share/project", MACOS, "smbfs"),
        ("/Volumes/my home/project", MACOS, "nfs"),
        ("/anywhere", "", None),
    ],
)
def test_the_innermost_mount_decides(path, table, kind):
    assert file_system(Path(path), table) == kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs"])
def test_a_network_file_system_is_refused(monkeypatch, tmp_path, kind):
    monkeypatch.setattr(filesystems, "mount_table", lambda: f"somewhere / {kind} rw 0 0")
    with pytest.raises(StorageError, match=rf"network file system \({kind}\).*local disk"):
        refuse_network(tmp_path)


@pytest.mark.parametrize("kind", ["ext4", "overlay", "9p", "tmpfs", "fuseblk"])
def test_a_local_one_is_taken(monkeypatch, tmp_path, kind):
    monkeypatch.setattr(filesystems, "mount_table", lambda: f"somewhere / {kind} rw 0 0")
    refuse_network(tmp_path)
