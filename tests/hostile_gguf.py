"""Writes GGUF files, each a few hundred bytes to some kilobytes with one fault, into a folder.

`refused-*.gguf` must be refused, `tolerated-*.gguf` may be used or refused, `control-*.gguf` has no fault and must
be used: it shows that the others are refused for their fault and for nothing else. The faults are those of
public advisories and issues; each stands beside its file.
"""

import struct
import sys
from pathlib import Path

U8, I8, U16, I16, U32, I32, F32, BOOL, STRING, ARRAY, U64, I64, F64 = range(13)
FORMATS = {U8: "B", I8: "b", U16: "H", I16: "h", U32: "I", I32: "i", F32: "f", BOOL: "?", U64: "Q", I64: "q", F64: "d"}
ALIGNMENT = 32
TYPE_F32, TYPE_Q4_0 = 0, 2
WIDTH, HIDDEN, CONTEXT = 32, 32, 512

MOST = (1 << 64) - 1

# A vocabulary of bytes with what SentencePiece models begin with, as type and score want them.
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6
VOCABULARY = [("<unk>", UNKNOWN), ("<s>", CONTROL), ("</s>", CONTROL)]
VOCABULARY += [(f"<0x{byte:02X}>", BYTE) for byte in range(256)]
VOCABULARY += [("\u2581a", NORMAL), ("b", NORMAL)]


class Raw(bytes):
    """Bytes that stand in the file as they are."""


def text(value) -> bytes:
    value = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<Q", len(value)) + value


def value_bytes(kind, value) -> bytes:
    if isinstance(value, Raw):
        return bytes(value)
    if kind == STRING:
        return text(value)
    if kind == ARRAY:
        inner, items = value
        return struct.pack("<IQ", inner, len(items)) + b"".join(value_bytes(inner, item) for item in items)
    return struct.pack("<" + FORMATS[kind], value)


def metadata() -> dict:
    return {
        "general.architecture": (STRING, "llama"),
        "general.alignment": (U32, ALIGNMENT),
        "llama.block_count": (U32, 1),
        "llama.context_length": (U32, CONTEXT),
        "llama.embedding_length": (U32, WIDTH),
        "llama.feed_forward_length": (U32, HIDDEN),
        "llama.attention.head_count": (U32, 1),
        "llama.attention.head_count_kv": (U32, 1),
        "llama.rope.dimension_count": (U32, WIDTH),
        "llama.attention.layer_norm_rms_epsilon": (F32, 1e-5),
        "llama.vocab_size": (U32, len(VOCABULARY)),
        "tokenizer.ggml.model": (STRING, "llama"),
        "tokenizer.ggml.tokens": (ARRAY, (STRING, [token for token, _ in VOCABULARY])),
        "tokenizer.ggml.scores": (ARRAY, (F32, [0.0] * len(VOCABULARY))),
        "tokenizer.ggml.token_type": (ARRAY, (I32, [kind for _, kind in VOCABULARY])),
        "tokenizer.ggml.bos_token_id": (U32, 1),
        "tokenizer.ggml.eos_token_id": (U32, 2),
    }


def tensors() -> dict:
    block = "blk.0."
    return {
        "token_embd.weight": [WIDTH, len(VOCABULARY)],
        "output_norm.weight": [WIDTH],
        block + "attn_norm.weight": [WIDTH],
        block + "attn_q.weight": [WIDTH, WIDTH],
        block + "attn_k.weight": [WIDTH, WIDTH],
        block + "attn_v.weight": [WIDTH, WIDTH],
        block + "attn_output.weight": [WIDTH, WIDTH],
        block + "ffn_norm.weight": [WIDTH],
        block + "ffn_gate.weight": [WIDTH, HIDDEN],
        block + "ffn_up.weight": [WIDTH, HIDDEN],
        block + "ffn_down.weight": [HIDDEN, WIDTH],
    }


def file_bytes(changed=None, shapes=None, *, n_kv=None, n_tensors=None, version=3, offsets=None, kinds=None,
               n_dims=None, tail=b"", with_data=True) -> bytes:
    """A whole file; `changed` replaces or adds keys (None leaves one out), `shapes` replaces tensors' shapes."""
    pairs = metadata() | (changed or {})
    pairs = {key: pair for key, pair in pairs.items() if pair is not None}
    infos = b""
    offset = 0
    for name, shape in (tensors() | (shapes or {})).items():
        dims = (n_dims or {}).get(name, len(shape))
        infos += text(name) + struct.pack("<I", dims)
        infos += b"".join(struct.pack("<q" if dim < 0 else "<Q", dim) for dim in shape)
        kind = (kinds or {}).get(name, TYPE_F32)
        infos += struct.pack("<IQ", kind, (offsets or {}).get(name, offset))
        # As a reader counts it, in 64 bits: the fault stays the only one.
        offset += -(-4 * product(shape) // ALIGNMENT) * ALIGNMENT
        offset &= MOST
    out = b"GGUF" + struct.pack("<IQQ", version, n_tensors if n_tensors is not None else len(tensors() | (shapes or {})),
                                n_kv if n_kv is not None else len(pairs))
    out += b"".join(text(key) + struct.pack("<I", kind) + value_bytes(kind, value) for key, (kind, value) in pairs.items())
    out += infos
    out += b"\0" * (-len(out) % ALIGNMENT)
    if with_data:
        # Small numbers that are not all the same, so that the model of the control file writes something.
        count = sum(product(shape) for shape in tensors().values())
        out += struct.pack(f"<{count}f", *(((n * 7919) % 17 - 8) / 40 for n in range(count)))
    return out + tail


def product(shape) -> int:
    result = 1
    for dim in shape:
        result *= dim
    return result


def template(source: str) -> bytes:
    return file_bytes({"tokenizer.chat_template": (STRING, source)})


def with_token(token: str, model="llama") -> bytes:
    tokens = [known for known, _ in VOCABULARY]
    tokens[-1] = token
    return file_bytes({"tokenizer.ggml.model": (STRING, model), "tokenizer.ggml.tokens": (ARRAY, (STRING, tokens))})


QUERY = "blk.0.attn_q.weight"
EVERY = len(VOCABULARY)
LOOP = "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}"
OUT_OF_THE_SANDBOX = "{{ ''.__class__.__mro__[1].__subclasses__() }}{{ cycler.__init__.__globals__.os.popen('id').read() }}"
NESTED = "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}"

FILES = {
    "control-tiny": lambda: file_bytes(),
    # CVE-2024-23605, CVE-2024-21836: counts that nothing can hold.
    "refused-n-kv-absurd": lambda: file_bytes(n_kv=MOST),
    "refused-n-kv-past-the-end": lambda: file_bytes(n_kv=1 << 32),
    "refused-n-kv-one-too-many": lambda: file_bytes(n_kv=len(metadata()) + 1),
    "refused-n-tensors-absurd": lambda: file_bytes(n_tensors=MOST),
    "refused-n-tensors-wraps": lambda: file_bytes(n_tensors=MOST // 128),
    "refused-n-tensors-past-the-end": lambda: file_bytes(n_tensors=1 << 24),
    "refused-no-tensors": lambda: file_bytes(n_tensors=0),
    "refused-nothing-but-a-header": lambda: b"GGUF" + struct.pack("<IQQ", 3, 0, 0),
    "refused-version-0": lambda: file_bytes(version=0),
    "refused-version-1": lambda: file_bytes(version=1),
    "refused-version-next": lambda: file_bytes(version=4),
    "refused-big-endian": lambda: file_bytes(version=3 << 24),
    # CVE-2024-21802: more dimensions than the array of dimensions has.
    "refused-n-dims-absurd": lambda: file_bytes(n_dims={QUERY: MOST >> 32}),
    "refused-n-dims-five": lambda: file_bytes(shapes={QUERY: [WIDTH, WIDTH, 1, 1, 1]}),
    # CVE-2024-23496: strings that end past the file.
    "refused-key-length-past-the-end": lambda: file_bytes({"x": (STRING, Raw(struct.pack("<Q", 1 << 40) + b"x"))}),
    "refused-string-length-wraps": lambda: file_bytes({"x": (STRING, Raw(struct.pack("<Q", MOST)))}),
    "refused-array-length-past-the-end": lambda: file_bytes({"x": (ARRAY, Raw(struct.pack("<IQ", U8, 1 << 40)))}),
    "refused-array-length-wraps": lambda: file_bytes({"x": (ARRAY, Raw(struct.pack("<IQ", U64, MOST // 4)))}),
    "refused-array-of-strings-past-the-end": lambda: file_bytes({"x": (ARRAY, Raw(struct.pack("<IQ", STRING, 1 << 40)))}),
    # CVE-2024-21825: arrays of arrays, of an unknown type, and of the wrong one.
    "refused-array-of-arrays": lambda: file_bytes({"x": (ARRAY, Raw(struct.pack("<IQIQ", ARRAY, 1, U8, 0)))}),
    "refused-array-of-unknown-type": lambda: file_bytes({"x": (ARRAY, Raw(struct.pack("<IQ", 99, 4) + b"\0" * 16))}),
    "refused-unknown-type": lambda: file_bytes({"x": (99, Raw(b"\0" * 8))}),
    "refused-tokens-of-numbers": lambda: file_bytes({"tokenizer.ggml.tokens": (ARRAY, (U32, [1] * EVERY))}),
    "refused-tokens-no-array": lambda: file_bytes({"tokenizer.ggml.tokens": (U32, 1)}),
    "refused-no-tokens": lambda: file_bytes({"tokenizer.ggml.tokens": None}),
    "refused-no-architecture": lambda: file_bytes({"general.architecture": None}),
    "refused-architecture-a-number": lambda: file_bytes({"general.architecture": (U32, 7)}),
    "refused-architecture-unknown": lambda: file_bytes({"general.architecture": (STRING, "lamma")}),
    "refused-a-projector": lambda: file_bytes({"general.architecture": (STRING, "clip")}),
    "refused-duplicate-key": lambda: duplicate_key(),
    # CVE-2025-53630, CVE-2026-27940, CVE-2026-33298, PR 24759: sizes whose sum, product or padding wraps.
    "refused-size-wraps-quarter": lambda: file_bytes(shapes={QUERY: [MOST // 4]}),
    "refused-size-wraps-half": lambda: file_bytes(shapes={QUERY: [1 << 62, 4]}),
    "refused-sizes-wrap-in-sum": lambda: file_bytes(shapes={f"blk.0.attn_{which}.weight": [1 << 60] for which in "qkv"}
                                                    | {"x": [1 << 60]}),
    "refused-size-wraps-in-padding": lambda: file_bytes(shapes={QUERY: [(1 << 61) - 1]}),
    # llama.cpp 27243: a negative product.
    "refused-product-negative": lambda: file_bytes(shapes={QUERY: [(1 << 63) - 1, 2, 1, 1]}),
    "refused-dimension-negative": lambda: file_bytes(shapes={QUERY: [-1, WIDTH]}),
    "refused-dimension-zero": lambda: file_bytes(shapes={QUERY: [0, WIDTH]}),
    "refused-shape-not-the-architectures": lambda: file_bytes(shapes={QUERY: [WIDTH // 2, WIDTH]}),
    "refused-tensor-missing": lambda: without_tensor(),
    "refused-tensor-twice": lambda: file_bytes(shapes={QUERY: [WIDTH, WIDTH]}).replace(
        b"blk.0.attn_k.weight", QUERY.encode()),
    "refused-tensor-of-unknown-type": lambda: file_bytes(kinds={QUERY: 4_000}),
    "refused-tensor-of-removed-type": lambda: file_bytes(kinds={QUERY: 4}),
    "refused-blocks-past-the-row": lambda: file_bytes(shapes={QUERY: [WIDTH - 1, WIDTH]}, kinds={QUERY: TYPE_Q4_0}),
    # PR 26318: alignments that wrap or are no number of the right kind.
    "refused-alignment-high-bit": lambda: file_bytes({"general.alignment": (U32, 0x8000_0000)}),
    "refused-alignment-int32": lambda: file_bytes({"general.alignment": (I32, 32)}),
    "refused-alignment-zero": lambda: file_bytes({"general.alignment": (U32, 0)}),
    "refused-alignment-not-a-power": lambda: file_bytes({"general.alignment": (U32, 24)}),
    # Read as four bytes each, whatever was declared.
    "refused-scores-int8": lambda: file_bytes({"tokenizer.ggml.scores": (ARRAY, (I8, [0] * EVERY))}),
    "refused-token-types-int8": lambda: file_bytes({"tokenizer.ggml.token_type": (ARRAY, (I8, [1] * EVERY))}),
    "refused-scores-too-few": lambda: file_bytes({"tokenizer.ggml.scores": (ARRAY, (F32, [0.0]))}),
    "refused-token-types-too-few": lambda: file_bytes({"tokenizer.ggml.token_type": (ARRAY, (I32, [1]))}),
    "tolerated-bos-past-the-vocabulary": lambda: file_bytes({"tokenizer.ggml.bos_token_id": (U32, 1 << 30)}),
    # PR 25821: more layers than the arrays of layers have.
    "refused-block-count-513": lambda: file_bytes({"llama.block_count": (U32, 513)}),
    "refused-block-count-absurd": lambda: file_bytes({"llama.block_count": (U32, 0xFFFF_FFFF)}),
    "refused-block-count-zero": lambda: file_bytes({"llama.block_count": (U32, 0)}),
    "refused-head-count-zero": lambda: file_bytes({"llama.attention.head_count": (U32, 0)}),
    "refused-head-count-absurd": lambda: file_bytes({"llama.attention.head_count": (U32, 0xFFFF_FFFF)}),
    "refused-embedding-absurd": lambda: file_bytes({"llama.embedding_length": (U32, 0xFFFF_FFFF)}),
    "tolerated-context-zero": lambda: file_bytes({"llama.context_length": (U32, 0)}),
    "refused-head-counts-too-few": lambda: file_bytes(
        {"llama.attention.head_count": (ARRAY, (U32, [1] * 3))}),
    # CVE-2026-7482: a tensor that ends past the file.
    "refused-offset-past-the-end": lambda: file_bytes(offsets={QUERY: 1 << 40}),
    "refused-offset-wraps": lambda: file_bytes(offsets={QUERY: MOST - 31}),
    "refused-offset-not-aligned": lambda: file_bytes(offsets={QUERY: 33}),
    "refused-no-data": lambda: file_bytes(with_data=False),
    "refused-cut-in-the-metadata": lambda: file_bytes()[:1000],
    "refused-cut-in-the-tensor-list": lambda: file_bytes(with_data=False)[:-300],
    "refused-cut-in-the-last-tensor": lambda: file_bytes()[:-1000],
    # 27226: a byte token that is no byte; CVE-2025-49847: a piece longer than its place.
    "tolerated-byte-token-negative": lambda: with_token("<0x-1>"),
    "tolerated-byte-token-negative-plamo2": lambda: with_token("<0x-1>", "plamo2"),
    "tolerated-token-of-a-megabyte": lambda: with_token("a" * (1 << 20)),
    "tolerated-token-not-utf-8": lambda: file_bytes().replace("\u2581a".encode(), b"\xff\xfe\xfd\xfc"),
    "tolerated-token-with-nul": lambda: with_token("b\0c"),
    "tolerated-every-token-the-same": lambda: file_bytes({"tokenizer.ggml.tokens": (ARRAY, (STRING, ["a"] * EVERY))}),
    "tolerated-context-absurd": lambda: file_bytes({"llama.context_length": (U32, 0xFFFF_FFFF)}),
    "tolerated-name-steers-the-terminal": lambda: file_bytes({"general.name": (STRING, "\x1b[2J\u202etiny" * 40)}),
    "tolerated-weights-not-numbers": lambda: not_numbers(),
    # PR 26387, PR 24140, CVE-2024-34359, CVE-2026-5760: templates.
    "tolerated-template-calls-itself": lambda: template(LOOP),
    "tolerated-template-endless": lambda: template("{% for n in range(1000000000) %}x{% endfor %}"),
    "tolerated-template-endless-inside": lambda: template("{% for m in messages %}{% for n in range(99999) %}"
                                                          "{% for k in range(99999) %}{{ m }}{% endfor %}{% endfor %}{% endfor %}"),
    "tolerated-template-huge-text": lambda: template("{{ 'x' * 2000000000 }}"),
    "tolerated-template-doubling": lambda: template("{% set ns = namespace(x='xxxxxxxx') %}{% for n in range(60) %}"
                                                    "{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}"),
    "tolerated-template-doubling-a-list": lambda: template("{% set ns = namespace(x=[1]) %}{% for n in range(34) %}"
                                                           "{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x | length }}"),
    "tolerated-template-wide-format": lambda: template("{{ '%1999999999d' | format(1) }}{{ 'x'.ljust(1999999999) }}"),
    "tolerated-template-leaves-the-sandbox": lambda: template(OUT_OF_THE_SANDBOX),
    "tolerated-template-nested-deep": lambda: template(NESTED),
    "tolerated-template-includes-a-file": lambda: template("{% include '/etc/passwd' %}"),
    "tolerated-template-empty": lambda: template(""),
    "tolerated-template-no-jinja": lambda: template("{% for"),
}


def duplicate_key() -> bytes:
    twice = file_bytes({"general.name": (STRING, "x"), "general.mame": (STRING, "x")})
    return twice.replace(b"general.mame", b"general.name")


def without_tensor() -> bytes:
    return file_bytes().replace(b"blk.0.attn_k.weight", b"blk.0.attn_z.weight")


def not_numbers() -> bytes:
    whole = bytearray(file_bytes())
    size = 4 * (EVERY * WIDTH)
    whole[-size:] = struct.pack("<f", float("nan")) * (size // 4)
    return bytes(whole)


def main(folder: str) -> None:
    for name, make in FILES.items():
        Path(folder, f"{name}.gguf").write_bytes(make())


main(sys.argv[1])
