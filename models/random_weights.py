#!/usr/bin/env python3
"""Writes a model file whose weights are random: speed needs no meaning.

    random_weights.py STARTER.gguf TARGET.gguf [--shape 1b|starter] [--seed N]

`1b` has the shape of Llama-3.2-1B, quantised as llama.cpp's Q4_K_M does it (Q4_K, with Q6_K for the embedding and for half of
`attn_v` and `ffn_down`); its tokenizer is the starter's, padded to the larger vocabulary with tokens that no text has.
`starter` has the starter's own shape and quantisation: the two must time alike, which shows that random weights time like real ones.

The numbers are such that activations stay finite: weights have mean 0 and a spread of 1 / sqrt(width), norms are near 1. The same
seed gives the same bytes. Only `make bench` uses this; what the model says is noise.
"""

import argparse
import array
import math
import pathlib
import random
import struct

from gguf import ARRAY, BLOCKS, F32, FLOAT32, GgufError, Q4_1, Q4_K, Q6_K, Q8_0, STRING, UINT32, blocks_of, read_head, write

# A token that no text is made into.
UNUSED = 5
# Bytes made at a time: a multiple of every block.
CHUNK_BLOCKS = 8192


def keys_of_1b(starter):
    """Llama-3.2-1B's metadata, with the starter's tokenizer and template."""
    vocabulary = 128_256
    numbers = {
        "block_count": 16,
        "context_length": 131_072,
        "embedding_length": 2048,
        "feed_forward_length": 8192,
        "attention.head_count": 32,
        "attention.head_count_kv": 8,
        "attention.key_length": 64,
        "attention.value_length": 64,
        "rope.dimension_count": 64,
        "vocab_size": vocabulary,
    }
    metadata = {
        "general.architecture": (STRING, b"llama"),
        "general.name": (STRING, b"Random weights, 1 B"),
        "general.file_type": (UINT32, 15),
        "general.quantization_version": (UINT32, 2),
        "llama.rope.freq_base": (FLOAT32, 500_000.0),
        "llama.attention.layer_norm_rms_epsilon": (FLOAT32, 1e-5),
    }
    metadata |= {f"llama.{key}": (UINT32, number) for key, number in numbers.items()}
    metadata |= {key: value for key, value in starter.items() if key.startswith("tokenizer.")}
    _, (kind, tokens) = starter["tokenizer.ggml.tokens"]
    _, (type_kind, types) = starter["tokenizer.ggml.token_type"]
    padding = [b"[unused %d]" % number for number in range(len(tokens), vocabulary)]
    metadata["tokenizer.ggml.tokens"] = (ARRAY, (kind, tokens + padding))
    metadata["tokenizer.ggml.token_type"] = (ARRAY, (type_kind, types + [UNUSED] * len(padding)))
    return metadata


def tensors_of_1b(metadata):
    """The tensors of a Llama whose output is its embedding."""
    size = {key.removeprefix("llama."): value for key, (_, value) in metadata.items() if key.startswith("llama.")}
    wide, hidden, layers = size["embedding_length"], size["feed_forward_length"], size["block_count"]
    keys = size["attention.head_count_kv"] * size["attention.key_length"]
    tensors = [("token_embd.weight", [wide, size["vocab_size"]], Q6_K)]
    for layer in range(layers):
        # What llama.cpp's Q4_K_M gives more bits: the first and the last eighth, and every third between.
        more = layer < layers // 8 or layer >= 7 * layers // 8 or (layer - layers // 8) % 3 == 2
        some = Q6_K if more else Q4_K
        tensors += [
            (f"blk.{layer}.{name}.weight", dimensions, kind)
            for name, dimensions, kind in [
                ("attn_norm", [wide], F32),
                ("attn_q", [wide, wide], Q4_K),
                ("attn_k", [wide, keys], Q4_K),
                ("attn_v", [wide, keys], some),
                ("attn_output", [wide, wide], Q4_K),
                ("ffn_norm", [wide], F32),
                ("ffn_gate", [wide, hidden], Q4_K),
                ("ffn_up", [wide, hidden], Q4_K),
                ("ffn_down", [hidden, wide], some),
            ]
        ]
    return tensors + [("output_norm.weight", [wide], F32)]


def put(blocks, size, at, value):
    """Writes the same F16 number at this place of every block."""
    low, high = struct.pack("<e", value)
    count = len(blocks) // size
    blocks[at::size] = bytes([low]) * count
    blocks[at + 1 :: size] = bytes([high]) * count


def random_blocks(kind, count, spread, source):
    """Blocks of random bits whose weights have mean 0 (Q6_K, Q8_0: half a step off it) and about this standard deviation."""
    _, size = BLOCKS[kind]
    if kind == F32:
        return array.array("f", (source.uniform(0.9, 1.1) for _ in range(count))).tobytes()
    blocks = bytearray(source.randbytes(count * size))
    # The standard deviation of uniformly random n-bit integers is 2^n / sqrt(12).
    if kind == Q4_1:  # scale q + minimum, q of 4 bits
        scale = spread / (16 / math.sqrt(12))
        put(blocks, size, 0, scale)
        put(blocks, size, 2, -7.5 * scale)
    elif kind == Q8_0:  # scale q, q of 8 bits
        put(blocks, size, 0, spread / (256 / math.sqrt(12)))
    elif kind == Q4_K:  # scale s q - minimum m, s and m of 6 bits each, q of 4: the deviation of s q - 7.5 m is 258
        put(blocks, size, 0, spread / 258)
        put(blocks, size, 2, 7.5 * spread / 258)
    elif kind == Q6_K:  # scale s q, s of 8 bits and q of 6
        put(blocks, size, 208, spread / (256 / math.sqrt(12)) / (64 / math.sqrt(12)))
    return blocks


def random_parts(dimensions, kind, source):
    """A tensor's bytes, some at a time."""
    left = blocks_of(dimensions, kind)
    while left > 0:
        count = min(left, CHUNK_BLOCKS)
        yield random_blocks(kind, count, 1 / math.sqrt(dimensions[0]), source)
        left -= count


def made(given):
    """Reads the starter and writes the file that was asked for."""
    starter, shapes, _ = read_head(given.starter.read_bytes())
    tensors = [(name, dimensions, kind) for name, dimensions, kind, _ in shapes]
    unknown = {kind for _, _, kind in tensors} - set(BLOCKS)
    if given.shape == "starter" and unknown:
        raise GgufError(f"the starter has tensors of types that are not known here: {sorted(unknown)}")
    metadata = starter if given.shape == "starter" else keys_of_1b(starter)
    if given.shape != "starter":
        tensors = tensors_of_1b(metadata)
    source = random.Random(given.seed)
    write(
        given.target,
        metadata,
        [(name, dimensions, kind, random_parts(dimensions, kind, source)) for name, dimensions, kind in tensors],
    )


def main():
    """Reads the arguments."""
    arguments = argparse.ArgumentParser(description="Writes a model file with random weights.")
    arguments.add_argument("starter", type=pathlib.Path)
    arguments.add_argument("target", type=pathlib.Path)
    arguments.add_argument("--shape", choices=["1b", "starter"], default="1b")
    arguments.add_argument("--seed", type=int, default=1)
    try:
        made(arguments.parse_args())
    except (GgufError, OSError) as error:
        raise SystemExit(f"random_weights.py: {error}") from error


if __name__ == "__main__":
    main()
