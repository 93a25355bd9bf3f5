#!/usr/bin/env python3
"""Writes tables.gen.h and simplified_han.gen.h from the Unicode Character Database.

usage: generate_tables.py [UCD_FOLDER] [OUTPUT_FOLDER]

UCD_FOLDER is the layout of Debian's package unicode-data (default /usr/share/unicode); the tables
in the repository are of version 15.0.0. Output goes beside this script unless said otherwise.
"""

import bz2
import re
import sys
from pathlib import Path

UCD = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")
OUT = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent
LIMIT = 0x110000

GRAPHEME_CLASSES = ["other", "control", "cr", "lf", "extend", "prepend", "spacing_mark",
                    "hangul_l", "hangul_v", "hangul_t", "regional_indicator", "zwj",
                    "extended_pictographic", "consonant", "linker"]
GRAPHEME_NAMES = {"Control": "control", "CR": "cr", "LF": "lf", "Extend": "extend",
                  "Prepend": "prepend", "SpacingMark": "spacing_mark", "L": "hangul_l",
                  "V": "hangul_v", "T": "hangul_t", "Regional_Indicator": "regional_indicator",
                  "ZWJ": "zwj"}
SCRIPTS = ["common", "latin", "greek", "cyrillic", "arabic", "devanagari", "thai", "lao",
           "myanmar", "khmer", "hangul", "kana", "bopomofo", "han", "other"]
SCRIPT_NAMES = {"Common": "common", "Inherited": "common", "Hiragana": "kana", "Katakana": "kana"}
# The scripts whose conjuncts UAX #29 rule GB9c keeps together, by the start of their block.
CONJUNCT_BLOCKS = [0x0900, 0x0980, 0x0A80, 0x0B00, 0x0C00, 0x0D00]


def property_lines(path):
    """Yields (code point range, fields) of one UCD file."""
    for line in (UCD / path).read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if len(fields) < 2:
            continue
        first, _, last = fields[0].partition("..")
        yield range(int(first, 16), int(last or first, 16) + 1), fields[1:]


def runs(values):
    """(first code point, value) of every run of equal values."""
    found = [(0, values[0])]
    for code_point in range(1, LIMIT):
        if values[code_point] != values[code_point - 1]:
            found.append((code_point, values[code_point]))
    return found


def grapheme_values():
    values = [0] * LIMIT
    for code_points, fields in property_lines("auxiliary/GraphemeBreakProperty.txt"):
        if fields[0] in GRAPHEME_NAMES:  # LV and LVT are computed
            for code_point in code_points:
                values[code_point] = GRAPHEME_CLASSES.index(GRAPHEME_NAMES[fields[0]])
    for code_points, fields in property_lines("emoji/emoji-data.txt"):
        if fields[0] == "Extended_Pictographic":
            for code_point in code_points:
                values[code_point] = GRAPHEME_CLASSES.index("extended_pictographic")
    for code_points, fields in property_lines("IndicSyllabicCategory.txt"):
        for code_point in code_points:
            if code_point & ~0x7F not in CONJUNCT_BLOCKS:
                continue
            if fields[0] == "Consonant":
                values[code_point] = GRAPHEME_CLASSES.index("consonant")
            elif fields[0] == "Virama":
                values[code_point] = GRAPHEME_CLASSES.index("linker")
    return values


def script_values():
    values = [SCRIPTS.index("other")] * LIMIT
    for code_points, fields in property_lines("Scripts.txt"):
        name = SCRIPT_NAMES.get(fields[0], fields[0].lower())
        for code_point in code_points:
            values[code_point] = SCRIPTS.index(name if name in SCRIPTS else "other")
    return values


def character_data():
    """{code point: (general category, combining class, canonical decomposition)}, ranges left out."""
    found = {}
    for line in (UCD / "UnicodeData.txt").read_text(encoding="ascii").splitlines():
        fields = line.split(";")
        if fields[1].endswith(("First>", "Last>")):
            continue
        mapping = fields[5].split() if fields[5] and not fields[5].startswith("<") else []
        found[int(fields[0], 16)] = (fields[2], int(fields[3]), [int(x, 16) for x in mapping])
    return found


def excluded_from_composition():
    excluded = set()
    for line in (UCD / "DerivedNormalizationProps.txt").read_text(encoding="utf-8").splitlines():
        match = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*Full_Composition_Exclusion", line)
        if match:
            first, last = match.groups()
            excluded.update(range(int(first, 16), int(last or first, 16) + 1))
    return excluded


def array(kind, name, comment, numbers):
    body = f"// {comment}\ninline constexpr {kind} {name}[] = {{\n"
    line = "   "
    for number in numbers:
        word = f" {number:#x},"
        if len(line) + len(word) > 100:
            body += line + "\n"
            line = "   "
        line += word
    return body + line + "\n};\n"


MARK_EVERY = 64


def varint(number):
    """Seven bits a byte, low ones first."""
    encoded = []
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    return encoded + [number]


def packed_numbers(name, comment, numbers, marked=True):
    """A PackedNumbers of packed_numbers.h: its bytes, its marks and itself."""
    ascending = all(a <= b for a, b in zip(numbers, numbers[1:]))
    encoded, marks = [], []
    for index, number in enumerate(numbers):
        if index > 0:
            difference = number - numbers[index - 1]
            if not ascending:
                difference = difference * 2 if difference >= 0 else -difference * 2 - 1
            encoded += varint(difference)
        if index % MARK_EVERY == 0:
            # Eleven bits for the place. Where marks are left out, reading takes longer.
            if index == 0 or (marked and len(encoded) < 1 << 11):
                marks.append(number << 11 | len(encoded))
    return (array("std::uint8_t", f"{name}Bytes", comment, encoded)
            + array("std::uint32_t", f"{name}Marks", "Its marks.", marks)
            + f"inline constexpr PackedNumbers {name}{{{name}Bytes, {name}Marks"
            + ("" if ascending else ", false") + "};\n")


def packed_runs(name, comment, found):
    """A PackedRuns of (first code point, value)."""
    return (packed_numbers(f"{name}Firsts", comment, [first for first, _ in found])
            + array("std::uint8_t", f"{name}Values", "The value of each.",
                    [value for _, value in found])
            + f"inline constexpr PackedRuns {name}{{{name}Firsts, {name}Values}};\n")


def consecutive(numbers):
    """(number, index) where a run of consecutive ascending numbers begins."""
    return [(number, index) for index, number in enumerate(numbers)
            if index == 0 or numbers[index - 1] + 1 != number]


def header(guard, sentence, parts):
    return (f"// {sentence}\n// Written by generate_tables.py from the Unicode Character Database 15.0.0; do not edit.\n"
            f"\n#ifndef {guard}\n#define {guard}\n\n#include <cstdint>\n\n#include \"shared/text/packed_numbers.h\"\n\nnamespace landfall {{\n\n"
            + "\n".join(parts) + f"\n}}  // namespace landfall\n\n#endif  // {guard}\n")


def write_tables():
    data = character_data()
    combining = [0] * LIMIT
    for code_point, (_, ccc, _) in data.items():
        combining[code_point] = ccc
    digits = sorted(cp for cp, (category, _, _) in data.items() if category == "Nd")
    zeros = [cp for i, cp in enumerate(digits) if i % 10 == 0]
    assert all(digits[i * 10 + 9] == zero + 9 for i, zero in enumerate(zeros))
    formats = [0] * LIMIT
    for code_point, (category, _, _) in data.items():
        formats[code_point] = 1 if category in ("Cc", "Cf", "Zl", "Zp") else 0

    pairs = sorted((cp, m) for cp, (_, _, m) in data.items() if len(m) == 2)
    singles = sorted((cp, m[0]) for cp, (_, _, m) in data.items() if len(m) == 1)
    single_runs = consecutive([cp for cp, _ in singles])
    excluded = excluded_from_composition()
    seconds = sorted({m[1] for _, m in pairs})
    assert len(seconds) <= 0x80
    second = lambda cp, m: seconds.index(m[1]) | (0x80 if cp in excluded else 0)
    parts = [
        packed_runs("kGraphemeRuns", "Runs of GraphemeClass.", runs(grapheme_values())),
        packed_runs("kScriptRuns", "Runs of Script.", runs(script_values())),
        packed_runs("kFormatRuns", "1 for general categories Cc, Cf, Zl and Zp.", runs(formats)),
        packed_runs("kCombiningRuns", "Runs of canonical combining classes.", runs(combining)),
        packed_numbers("kDigitZeros", "The zero of every decimal digit set.", zeros),
        packed_numbers("kPairComposed", "Characters that decompose into two.",
                       [cp for cp, _ in pairs]),
        packed_numbers("kPairFirst", "The first of the two, in the order of kPairComposed.",
                       [m[0] for _, m in pairs]),
        array("std::uint8_t", "kPairSecond",
              "The second of the two: an index into kSeconds; with 0x80 the two do not compose.",
              [second(cp, m) for cp, m in pairs]),
        packed_numbers("kSeconds", "Every second of a pair.", seconds),
        packed_numbers("kSingleRuns",
                       "The first of each run of characters that decompose into one.",
                       [cp for cp, _ in single_runs]),
        packed_numbers("kSingleStarts", "Where in kSingleTo each run begins, and its end.",
                       [index for _, index in single_runs] + [len(singles)]),
        packed_numbers("kSingleTo", "What they decompose into.", [to for _, to in singles],
                       False),
    ]
    (OUT / "tables.gen.h").write_text(
        header("LANDFALL_SHARED_TEXT_TABLES_GEN_H_", "Unicode properties as run tables.", parts),
        encoding="utf-8")


def encodes(character, encoding):
    try:
        character.encode(encoding)
        return True
    except UnicodeEncodeError:
        return False


def write_simplified():
    """Characters of GB 2312 that are not in Big5 and have another traditional form."""
    pairs = []
    with bz2.open(UCD / "Unihan_Variants.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            match = re.match(r"U\+([0-9A-F]{4})\tkTraditionalVariant\t(.*)", line)
            if not match:
                continue
            simplified = chr(int(match[1], 16))
            forms = [chr(int(form.split("<")[0][2:], 16)) for form in match[2].split()]
            forms = [form for form in forms if encodes(form, "big5")]
            if forms and encodes(simplified, "gb2312") and not encodes(simplified, "big5"):
                # Where there are several, no one of them may be suggested.
                pairs.append((ord(simplified), ord(forms[0] if len(forms) == 1 else simplified)))
    pairs.sort()
    parts = [
        packed_numbers("kSimplifiedHan", "Simplified characters.", [cp for cp, _ in pairs],
                       False),
        packed_numbers("kTraditionalHan",
                       "The traditional form of each; where there are several, its own.",
                       [traditional for _, traditional in pairs], False),
    ]
    (OUT / "simplified_han.gen.h").write_text(
        header("LANDFALL_SHARED_TEXT_SIMPLIFIED_HAN_GEN_H_",
               "Simplified characters and their traditional forms.", parts), encoding="utf-8")


write_tables()
write_simplified()
