#!/usr/bin/env python3
"""Writes phone_plans.gen.h: how long the numbers of each country calling code are.

usage: generate_phone_plans.py METADATA OUTPUT

METADATA is metadata.max.json of the npm package libphonenumber-js (MIT), which repackages Google's
libphonenumber (Apache-2.0); the table in the repository is of version 1.13.16. Only lengths and trunk
prefixes are taken: patterns change every month and would refuse people.
"""

import json
import re
import sys

LENGTHS, TRUNK, TRUNK_PARSED, TYPES = 3, 5, 7, 11
# Kinds of number that belong to a person: fixed, mobile, personal, VoIP (by the metadata's order).
PERSONAL = [0, 1, 4, 8]


def lengths_of(country):
    """The national lengths of a person's numbers, as a bit set."""
    types = country[TYPES] or []
    found = set()
    for index in PERSONAL:
        if index < len(types) and types[index]:
            kind = types[index]
            found.update(kind[1] if len(kind) > 1 else country[LENGTHS])
    return sum(1 << n for n in found or set(country[LENGTHS]))


def trunk_of(country):
    """The digits dialled before a number at home, "" where there are none."""
    prefix = country[TRUNK]
    return prefix if isinstance(prefix, str) and re.fullmatch("[0-9]+", prefix) else ""


def plans_of(metadata):
    for code, names in metadata["country_calling_codes"].items():
        countries = [metadata["countries"][name] for name in names]
        mask = 0
        for country in countries:
            mask |= lengths_of(country)
        yield int(code), mask, trunk_of(countries[0])
    for code, country in metadata["nonGeographic"].items():
        yield int(code), lengths_of(country), ""


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        metadata = json.load(file)
    rows = sorted(plans_of(metadata))
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write("// Made by generate_phone_plans.py from libphonenumber-js 1.13.16; not edited by hand.\n\n")
        out.write("#ifndef LANDFALL_SHARED_IDENTITY_PHONE_PLANS_GEN_H_\n")
        out.write("#define LANDFALL_SHARED_IDENTITY_PHONE_PLANS_GEN_H_\n\n")
        out.write("#include <cstdint>\n\nnamespace landfall::phone_plans {\n\n")
        out.write("// Bit n of `lengths` says that numbers of n digits exist; `trunk` is dialled before them at\n")
        out.write("// home, 255 where nothing is.\n")
        out.write("struct Plan {\n  std::uint16_t code;\n  std::uint16_t lengths;\n  std::uint8_t trunk;\n};\n\n")
        out.write("inline constexpr Plan kPlans[] = {\n")
        for code, mask, trunk in rows:
            out.write(f"    {{{code}, {mask & 0xFFFF}, {int(trunk) if trunk else 255}}},\n")
        out.write("};\n\n}  // namespace landfall::phone_plans\n\n")
        out.write("#endif  // LANDFALL_SHARED_IDENTITY_PHONE_PLANS_GEN_H_\n")


if __name__ == "__main__":
    main()
