"""Prints the CONTROL and USER_DEFINED strings of a GGUF file's vocabulary, one a line."""

import struct
import sys

SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
FORMATS = {4: "<I", 5: "<i", 10: "<Q"}
STRING, ARRAY = 8, 9


def main(path: str) -> None:
    with open(path, "rb") as file:
        assert file.read(4) == b"GGUF"
        file.read(4)
        _, count = struct.unpack("<QQ", file.read(16))
        found = dict(read_pair(file) for _ in range(count))
    for token, kind in zip(found["tokenizer.ggml.tokens"], found["tokenizer.ggml.token_type"]):
        if kind in (3, 4):
            print(token)


def read_pair(file):
    key = read_string(file)
    (kind,) = struct.unpack("<I", file.read(4))
    return key, read_value(file, kind)


def read_value(file, kind):
    if kind == STRING:
        return read_string(file)
    if kind == ARRAY:
        kind, length = struct.unpack("<IQ", file.read(12))
        return [read_value(file, kind) for _ in range(length)]
    data = file.read(SIZES[kind])
    return struct.unpack(FORMATS[kind], data)[0] if kind in FORMATS else data


def read_string(file):
    (length,) = struct.unpack("<Q", file.read(8))
    return file.read(length).decode("utf-8", "replace")


main(sys.argv[1])
