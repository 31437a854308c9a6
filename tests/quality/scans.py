#!/usr/bin/env python3
"""Makes fifty degraded scans with known texts: scans.py FOLDER [SEED] [unseen]

With `unseen` the texts are those that OCR was never tuned on (scan_texts_unseen.py).

English and French; letters, invoices, two columns, reports with many numbers. Each is drawn at 300 dots an inch and then suffers what
scanners, copiers, fax machines, coffee and time do to paper: low resolution, skew, blur, noise, stains, shadows, fading, JPEG. Every number in
them is made by chance, so no language model can guess it. The same seed gives the same scans.

Writes NN.png, NN.txt (the text in reading order, a line for each line) and scans.tsv (name, dots an inch, language, kind, whether
the scan is held back while OCR is tuned, what it suffered). Needs Debian's python3-pil, python3-numpy, fonts-liberation2, fonts-dejavu-core
and fonts-noto-core.
"""

import io
import random
import sys
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

if "unseen" in sys.argv[3:]:
    from scan_texts_unseen import COLUMNS, ITEMS, LETTERS, REPORTS, WORDS
else:
    from scan_texts import COLUMNS, ITEMS, LETTERS, REPORTS, WORDS

SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 20261124
SCANS = 50
# A5 at 300 dots an inch.
WIDTH, HEIGHT = 1748, 2480
MARGIN = 150
FONTS = [
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationMono-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf",
]


class Sheet:
    """Paper that text is put on, from the top down, and what was put there."""

    def __init__(self, font, size):
        self.image = Image.new("L", (WIDTH, HEIGHT), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.font = ImageFont.truetype(font, size)
        self.step = round(size * 1.45)
        self.y = MARGIN
        self.lines = []

    def put(self, pieces):
        """One line: pieces of (text, x, right-aligned)."""
        for text, x, right in pieces:
            self.draw.text((x, self.y), text, font=self.font, fill=20, anchor="ra" if right else "la")
        self.lines.append(" ".join(text for text, _, _ in pieces))
        self.y += self.step

    def paragraph(self, text, left=MARGIN, right=WIDTH - MARGIN):
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.draw.textlength(longer, font=self.font) > right - left:
                self.put([(line, left, False)])
                line = word
            else:
                line = longer
        self.put([(line, left, False)])
        self.y += self.step // 2


def number(chance, language, digits):
    """A sum as it is written there: 1,234.56 or 1 234,56."""
    whole, cents = chance.randrange(10 ** (digits - 1), 10**digits), chance.randrange(100)
    if language == "eng":
        return f"{whole:,}.{cents:02}"
    return f"{whole:,}".replace(",", " ") + f",{cents:02}"


def date(chance, language):
    day, month, year = chance.randrange(1, 29), chance.choice(WORDS[language]["months"]), chance.randrange(1987, 2027)
    return f"{day} {month} {year}"


def fill(text, chance, language):
    """Puts numbers made by chance into a text's places."""
    while "{" in text:
        before, rest = text.split("{", 1)
        kind, after = rest.split("}", 1)
        if kind == "date":
            made = date(chance, language)
        elif kind == "sum":
            made = number(chance, language, chance.randrange(3, 7))
        elif kind == "name":
            made = chance.choice(WORDS[language]["names"])
        else:
            made = "".join(chance.choice("0123456789") if c == "9" else c for c in kind)
        text = before + made + after
    return text


def invoice(sheet, chance, language):
    words = WORDS[language]
    sheet.put([(fill("{name}", chance, language), MARGIN, False)])
    sheet.put([(fill(words["street"], chance, language), MARGIN, False)])
    sheet.put([(fill(words["phone"], chance, language), MARGIN, False)])
    sheet.y += sheet.step
    sheet.put([(fill(words["invoice"], chance, language), MARGIN, False)])
    sheet.put([(fill(words["due"], chance, language), MARGIN, False)])
    sheet.y += sheet.step
    columns = [(MARGIN, False), (1020, True), (1290, True), (WIDTH - MARGIN, True)]
    rows = [words["header"]]
    for item in chance.sample(ITEMS[language], 9):
        rows.append([item, str(chance.randrange(1, 400)), number(chance, language, 2), number(chance, language, 4)])
    for row in rows:
        sheet.put([(cell, x, right) for cell, (x, right) in zip(row, columns)])
    sheet.y += sheet.step // 2
    for name in words["totals"]:
        sheet.put([(name, 1020, True), (number(chance, language, 5), WIDTH - MARGIN, True)])
    sheet.y += sheet.step
    sheet.paragraph(fill(words["bank"], chance, language))


def letter(sheet, chance, language):
    for paragraph in LETTERS[language][chance.randrange(len(LETTERS[language]))]:
        sheet.paragraph(fill(paragraph, chance, language))


def report(sheet, chance, language):
    for paragraph in REPORTS[language]:
        sheet.paragraph(fill(paragraph, chance, language))


def columns(sheet, chance, language):
    text = [fill(paragraph, chance, language) for paragraph in COLUMNS[language]]
    middle = WIDTH // 2
    top = sheet.y
    for paragraph in text[: len(text) // 2]:
        sheet.paragraph(paragraph, MARGIN, middle - 45)
    sheet.y = top
    for paragraph in text[len(text) // 2 :]:
        sheet.paragraph(paragraph, middle + 45, WIDTH - MARGIN)


KINDS = [("invoice", invoice), ("letter", letter), ("columns", columns), ("report", report)]


def degrade(image, chance, at):
    """What happened to the paper, as a picture, its resolution and a list of words.

    What is scanned in black and white has no shadows or stains: a threshold turns them black, and nobody reads what was under them.
    """
    suffered = []
    noise = numpy.random.default_rng(SEED + at)
    resolution = chance.choice([300, 200, 200, 150, 150, 130])
    black_and_white = resolution >= 200 and chance.random() < 0.2
    if chance.random() < 0.8:
        angle = chance.uniform(-4, 4)
        image = image.rotate(angle, resample=Image.BICUBIC, fillcolor=255)
        suffered.append(f"skew {angle:.1f}")
    size = (WIDTH * resolution // 300, HEIGHT * resolution // 300)
    image = image.resize(size, Image.LANCZOS)
    suffered.append(f"{resolution} dpi")
    blur = chance.uniform(0.2, 0.9) * resolution / 200
    image = image.filter(ImageFilter.GaussianBlur(blur))
    pixels = numpy.asarray(image, dtype=numpy.float32) / 255
    # Faded ink on paper that is not white.
    ink, paper = chance.uniform(0.05, 0.35), chance.uniform(0.8, 0.97)
    pixels = ink + pixels * (paper - ink)
    if not black_and_white and chance.random() < 0.5:
        pixels *= shadow(size, chance)
        suffered.append("shadow")
    if not black_and_white and chance.random() < 0.5:
        pixels *= stains(size, chance)
        suffered.append("stains")
    strength = chance.uniform(0.01, 0.07)
    pixels += noise.normal(0, strength, pixels.shape)
    suffered.append(f"noise {strength:.2f}")
    if chance.random() < 0.35:
        grains = noise.random(pixels.shape)
        pixels[grains < 0.002], pixels[grains > 0.998] = 0, 1
        suffered.append("salt and pepper")
    image = Image.fromarray((pixels.clip(0, 1) * 255).astype(numpy.uint8))
    if black_and_white:
        threshold = round((ink + paper) / 2 * 255)
        image = image.point(lambda value: 255 if value > threshold else 0)
        suffered.append("black and white")
    elif chance.random() < 0.4:
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=chance.randrange(30, 70))
        image = Image.open(packed).convert("L")
        suffered.append("JPEG")
    return image, resolution, suffered


def shadow(size, chance):
    """A gradient across the sheet, as beside a book's spine."""
    across = numpy.linspace(0, 1, size[0], dtype=numpy.float32)[None, :]
    down = numpy.linspace(0, 1, size[1], dtype=numpy.float32)[:, None]
    slope = across if chance.random() < 0.5 else 1 - across
    return 1 - chance.uniform(0.15, 0.4) * slope**2 - 0.1 * down * chance.random()


def stains(size, chance):
    """Coffee: blots and rings."""
    layer = Image.new("L", size, 255)
    draw = ImageDraw.Draw(layer)
    for _ in range(chance.randrange(1, 4)):
        x, y, radius = chance.randrange(size[0]), chance.randrange(size[1]), chance.randrange(size[0] // 16, size[0] // 5)
        tone = chance.randrange(150, 225)
        area = (x - radius, y - radius, x + radius, y + radius)
        if chance.random() < 0.5:
            draw.ellipse(area, fill=tone)
        else:
            draw.ellipse(area, outline=tone, width=max(3, radius // 8))
    soft = layer.filter(ImageFilter.GaussianBlur(size[0] / 300))
    return numpy.asarray(soft, dtype=numpy.float32) / 255


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for at in range(SCANS):
        chance = random.Random(SEED + at)
        language = ("eng", "fra")[at % 2]
        kind, put = KINDS[at // 2 % len(KINDS)]
        sheet = Sheet(FONTS[at % len(FONTS)], chance.randrange(38, 46) - (4 if "Mono" in FONTS[at % len(FONTS)] else 0))
        put(sheet, chance, language)
        image, resolution, suffered = degrade(sheet.image, chance, at)
        image.save(folder / f"{at:02}.png", dpi=(resolution, resolution))
        (folder / f"{at:02}.txt").write_text("\n".join(sheet.lines) + "\n", encoding="utf-8")
        held_back = "held back" if at % 3 == 2 else "tuning"
        listed.append("\t".join([f"{at:02}", str(resolution), language, kind, held_back, ", ".join(suffered)]))
    (folder / "scans.tsv").write_text("\n".join(listed) + "\n", encoding="utf-8")


main()
