"""Reads the head of GGUF files and writes GGUF files, with nothing but Python's own library.

The layout is that of ggml's docs/gguf.md, version 3, little-endian.
"""

import itertools
import math
import pathlib
import struct

MAGIC, VERSION, ALIGNMENT = b"GGUF", 3, 32
# Types of GGUF's metadata.
UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?", 10: "<Q", 11: "<q", 12: "<d"}
# Types of tensors.
F32, Q4_0, Q4_1, Q8_0, Q4_K, Q6_K = 0, 2, 3, 8, 12, 14
# Weights and bytes of one block.
BLOCKS = {F32: (1, 4), Q4_0: (32, 18), Q4_1: (32, 20), Q8_0: (32, 34), Q4_K: (256, 144), Q6_K: (256, 210)}


class GgufError(Exception):
    """Why a file cannot be read or written, in one sentence."""


class Head:
    """Reads the head of a GGUF file that is trusted to be no larger than memory."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self, form):
        """One number in this form of `struct`."""
        (value,) = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return value

    def string(self):
        """A string's bytes."""
        length = self.number("<Q")
        if length > len(self.data) - self.at:
            raise GgufError("the file ends inside a string")
        self.at += length
        return bytes(self.data[self.at - length : self.at])

    def value(self, kind):
        """A metadata value: a number, bytes, or for an array its element type and list."""
        if kind == STRING:
            return self.string()
        if kind == ARRAY:
            inner, count = self.number("<I"), self.number("<Q")
            if inner == ARRAY or count > len(self.data) - self.at:
                raise GgufError("an array nests or is longer than the file")
            return inner, [self.value(inner) for _ in range(count)]
        if kind not in SCALARS:
            raise GgufError(f"a value is of the unknown type {kind}")
        return self.number(SCALARS[kind])

    def read(self):
        """The metadata as {key: (type, value)}, the tensors as [(name, dimensions, type, offset)], and where their bytes begin."""
        if self.data[:4] != MAGIC:
            raise GgufError("this is no GGUF file")
        self.at = 8
        tensors, keys = self.number("<Q"), self.number("<Q")
        metadata = {}
        for _ in range(keys):
            key, kind = self.string().decode(), self.number("<I")
            metadata[key] = (kind, self.value(kind))
        shapes = []
        for _ in range(tensors):
            name = self.string().decode()
            dimensions = [self.number("<Q") for _ in range(self.number("<I"))]
            shapes.append((name, dimensions, self.number("<I"), self.number("<Q")))
        return metadata, shapes, self.at + -self.at % ALIGNMENT


def read_head(data):
    """What `Head.read` gives, with one kind of error."""
    try:
        return Head(data).read()
    except (struct.error, UnicodeDecodeError) as error:
        raise GgufError("the file ends inside its head or holds no text where text must be") from error


def encoded(kind, value):
    """A metadata value as GGUF writes it."""
    if kind == STRING:
        return struct.pack("<Q", len(value)) + value
    if kind == ARRAY:
        inner, items = value
        head = struct.pack("<IQ", inner, len(items))
        if inner in SCALARS:
            return head + struct.pack(f"<{len(items)}{SCALARS[inner][1]}", *items)
        return head + b"".join(encoded(inner, item) for item in items)
    return struct.pack(SCALARS[kind], value)


def blocks_of(dimensions, kind):
    """How many blocks a tensor is made of."""
    weights, _ = BLOCKS[kind]
    if dimensions[0] % weights:
        raise GgufError(f"a row of {dimensions[0]} is not made of blocks of {weights}")
    return math.prod(dimensions) // weights


def bytes_of(dimensions, kind):
    """How many bytes a tensor takes."""
    return blocks_of(dimensions, kind) * BLOCKS[kind][1]


def head_of(metadata, tensors):
    """The bytes before the tensors."""
    head = bytearray(MAGIC + struct.pack("<IQQ", VERSION, len(tensors), len(metadata)))
    for key, (kind, value) in metadata.items():
        head += encoded(STRING, key.encode()) + struct.pack("<I", kind) + encoded(kind, value)
    lengths = [bytes_of(dimensions, kind) for _, dimensions, kind, _ in tensors]
    offsets = itertools.accumulate((length + -length % ALIGNMENT for length in lengths), initial=0)
    for (name, dimensions, kind, _), offset in zip(tensors, offsets):
        head += encoded(STRING, name.encode()) + struct.pack("<I", len(dimensions))
        head += struct.pack(f"<{len(dimensions)}QIQ", *dimensions, kind, offset)
    return bytes(head) + bytes(-len(head) % ALIGNMENT)


def write(target, metadata, tensors):
    """Writes a file. `metadata` is {key: (type, value)}, `tensors` a list of (name, dimensions, type, parts), `parts` being an
    iterable of bytes that is read when the tensor's turn comes.

    It is written beside `target` first, so that a file with its name is whole.
    """
    target = pathlib.Path(target)
    part = target.with_name(f".{target.name}.part")
    try:
        with open(part, "wb") as file:
            file.write(head_of(metadata, tensors))
            for name, dimensions, kind, parts in tensors:
                expected = bytes_of(dimensions, kind)
                length = sum(file.write(piece) for piece in parts)
                if length != expected:
                    raise GgufError(f"the tensor {name} has {length} bytes where its shape needs {expected}")
                file.write(bytes(-length % ALIGNMENT))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
