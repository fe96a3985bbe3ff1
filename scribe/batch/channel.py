"""Messages between the pool and its workers, over a socket: eight bytes of length, then the pickled message.

The pool's end never waits. A process that is stopped in the middle of a message would otherwise hold up the pool, and with it the
clock that is there to find such a process.
"""

from __future__ import annotations

import pickle
import socket
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_LENGTH = struct.Struct("!Q")
_PIECE = 1024 * 1024
_BUFFER_BYTES = 208 * 1024


def channel() -> tuple[PoolEnd, socket.socket]:
    """Return the pool's end, and the socket to start the worker with.

    The system keeps some 400 KiB between the two, so that a worker rarely waits for the pool to take what it says.
    """
    ours, theirs = socket.socketpair()
    for each in (ours, theirs):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
    return PoolEnd(ours), theirs


def _packed(message: object) -> bytes:
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(content)) + content


class PoolEnd:
    """The pool's end: takes what is there, and keeps what cannot be sent yet."""

    def __init__(self, connection: socket.socket) -> None:
        """Take hold of one end of a pair.

        Args:
            connection: The socket; it waits for nothing from now on.
        """
        connection.setblocking(False)
        self.socket = connection
        self._came = bytearray()
        self._unsent = memoryview(b"")

    @property
    def has_unsent(self) -> bool:
        """Whether ``flush`` has something to do once the socket takes more."""
        return bool(self._unsent)

    def send(self, message: object) -> None:
        """Send a message, or as much of it as goes at once.

        Raises:
            OSError: The other end is gone.
        """
        content = _packed(message)
        self._unsent = memoryview(bytes(self._unsent) + content if self._unsent else content)
        self.flush()

    def flush(self) -> None:
        """Send as much of what is left as goes at once.

        Raises:
            OSError: The other end is gone.
        """
        try:
            while self._unsent:
                self._unsent = self._unsent[self.socket.send(self._unsent[:_PIECE]) :]
        except BlockingIOError:
            return

    def receive(self) -> Iterator[Any]:
        """Yield the messages that are whole by now.

        Raises:
            EOFError: The other end hung up.
            OSError: The other end is gone.
        """
        try:
            piece = self.socket.recv(_PIECE)
        except BlockingIOError:
            return
        if not piece:
            raise EOFError
        self._came += piece
        while len(self._came) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._came)[0]
            if len(self._came) < end:
                return
            with memoryview(self._came) as whole:
                message = pickle.loads(whole[_LENGTH.size : end])  # noqa: S301 - from a process of our own
            del self._came[:end]
            yield message

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


class WorkerEnd:
    """The worker's end: waits until a message has come or gone."""

    def __init__(self, connection: socket.socket) -> None:
        """Take hold of the other end of the pair."""
        self._socket = connection
        self._file = connection.makefile("rb")

    def send(self, message: object) -> None:
        """Send a message.

        Raises:
            OSError: The pool is gone.
        """
        self._socket.sendall(_packed(message))

    def receive(self) -> Any:
        """Return the next message.

        Raises:
            EOFError: The pool hung up.
            OSError: The pool is gone.
        """
        length = self._file.read(_LENGTH.size)
        if len(length) < _LENGTH.size:
            raise EOFError
        size = _LENGTH.unpack(length)[0]
        content = self._file.read(size)
        if len(content) < size:
            raise EOFError
        return pickle.loads(content)  # noqa: S301 - from the process that started this one
