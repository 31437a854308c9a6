"""How like two texts are: F1 over their words, and over their pairs of neighbouring words, which tells the order they
are read in.
"""

import collections
import unicodedata

# Scripts that part no words by spaces: each of their letters counts as a word.
_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)


def words(text):
    """The words of a text: NFKC, case folded, letters, digits and the marks on them, nothing else. Soft hyphens and
    vowel signs of Arabic and Hebrew are left out: programs disagree on them without anyone reading wrong.
    """
    found, word = [], []
    for char in unicodedata.normalize("NFKC", text).casefold():
        point, kind = ord(char), unicodedata.category(char)[0]
        if (
            point == 0xAD
            or kind == "C"
            and char not in "\n\t\f\r"
            or 0x0591 <= point <= 0x05C7
            or 0x064B <= point <= 0x0652
            or point == 0x0640
        ):
            continue
        unspaced = any(first <= point <= last for first, last in _UNSPACED)
        if kind in "LNM" and not unspaced:
            word.append(char)
            continue
        if word:
            found.append("".join(word))
            word = []
        if kind in "LNM":
            found.append(char)
    if word:
        found.append("".join(word))
    return found


def f1(said, known):
    """F1 of two bags; 1 where both are empty."""
    said, known = collections.Counter(said), collections.Counter(known)
    if not said and not known:
        return 1.0
    return 2 * sum((said & known).values()) / (sum(said.values()) + sum(known.values()))


def word_f1(said, known):
    """F1 over words."""
    return f1(words(said), words(known))


def order_f1(said, known):
    """F1 over pairs of neighbouring words."""
    said, known = words(said), words(known)
    return f1(zip(said, said[1:]), zip(known, known[1:]))
