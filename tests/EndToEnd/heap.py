"""
What a .NET process has in use, to the byte. What it takes from the system says little of that, as it collects its rubbish late.

The process is asked through the port that every .NET process has for diagnosis: it collects its rubbish, and says what is left.
https://github.com/dotnet/diagnostics/blob/main/documentation/design-docs/ipc-protocol.md and, of what it sends,
https://github.com/microsoft/perfview/blob/main/src/TraceEvent/EventPipe/NetTraceFormat.md
"""

from __future__ import annotations

import glob
import io
import socket
import struct
import tempfile

HEADER = struct.Struct('<14sHBBH')
MAGIC, TRACING, STOP, START = b'DOTNET_IPC_V1\0', 2, 1, 3
NETTRACE, NO_RUNDOWN, LEVEL = 1, False, 4
PROVIDER, COLLECTIONS, COLLECT_NOW, HEAP_STATISTICS = 'Microsoft-Windows-DotNETRuntime', 0x1, 0x800000, 4
BEGIN, END, LENGTH_OF_TRACE = b'\5', b'\6', 48

# Of each generation its size and what of it lives, then what waits for its end, some counts, and the generation that came last.
STATISTICS = struct.Struct('<8Q2Q3IH2Q')


def in_use(pid):
    """The bytes that are left when everything is collected."""
    lives = []
    for name, payload in events(collect(pid)):
        if name == (PROVIDER, HEAP_STATISTICS):
            *numbers, last = STATISTICS.unpack_from(payload)
            lives.append(sum(numbers[1:8:2]) + last)
    assert lives, 'nothing was collected'
    return max(lives)


def collect(pid):
    """What the process tells of the collection that it is asked for."""
    (path,) = glob.glob(f'{tempfile.gettempdir()}/dotnet-diagnostic-{pid}-*-socket')
    name = f'{PROVIDER}\0'
    provider = struct.pack('<QII', COLLECTIONS | COLLECT_NOW, LEVEL, len(name)) + name.encode('utf-16-le') + struct.pack('<I', 0)
    with ask(path, START, struct.pack('<II?I', 1, NETTRACE, NO_RUNDOWN, 1) + provider) as trace:
        session = answer(trace)
        with ask(path, STOP, session) as stop:
            told = trace.read()
            answer(stop)
    return told


def ask(path, command, body):
    with socket.socket(socket.AF_UNIX) as port:
        port.settimeout(60)
        port.connect(path)
        port.sendall(HEADER.pack(MAGIC, HEADER.size + len(body), TRACING, command, 0) + body)
        return port.makefile('rb')


def answer(stream):
    _, size, _, failed, _ = HEADER.unpack(stream.read(HEADER.size))
    body = stream.read(size - HEADER.size)
    assert not failed, body
    return body


def events(trace):
    """Each event's provider and number, and its payload."""
    names = {}
    for kind, block in blocks(io.BytesIO(trace)):
        for metadata, payload in blobs(block) if kind in ('MetadataBlock', 'EventBlock') else []:
            if kind == 'MetadataBlock':
                provider = payload[4:].decode('utf-16-le', 'replace').split('\0')[0]
                (event,) = struct.unpack_from('<I', payload, 4 + 2 * len(f'{provider}\0'))
                names[struct.unpack_from('<I', payload)[0]] = provider, event
            else:
                yield names[metadata], payload


def blocks(trace):
    """The blocks that it consists of, by the names of their kinds."""
    trace.seek(len(b'Nettrace') + 4 + len(b'!FastSerialization.1'))
    while trace.read(1) == BEGIN:
        kind = trace.read(struct.unpack('<2x3I', trace.read(14))[2]).decode()
        assert trace.read(1) == END
        if kind == 'Trace':
            trace.read(LENGTH_OF_TRACE)
        else:
            (size,) = struct.unpack('<I', trace.read(4))
            trace.read(-trace.tell() % 4)
            yield kind, trace.read(size)
        assert trace.read(1) == END


def blobs(block):
    """The number of each blob's metadata, and its payload; what is as it was in the one before is left out of its header."""
    stream, metadata, size = io.BytesIO(block), 0, 0
    stream.seek(struct.unpack_from('<H', block)[0])
    while flags := stream.read(1):
        has = [flags[0] >> bit & 1 for bit in range(8)]
        metadata = number(stream) if has[0] else metadata
        # Sequence, thread and processor of the capture; the thread; the stack; and always the time.
        for _ in range(3 * has[1] + has[2] + has[3] + 1):
            number(stream)
        # Two activities.
        stream.read(16 * (has[4] + has[5]))
        size = number(stream) if has[7] else size
        yield metadata, stream.read(size)


def number(stream):
    """Seven bits in each byte, the lowest first."""
    value = shift = 0
    while (byte := stream.read(1)[0]) & 0x80:
        value, shift = value | (byte & 0x7F) << shift, shift + 7
    return value | byte << shift
