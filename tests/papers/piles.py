"""Signs piled up, of which a pattern, or a form of Unicode, may take the square."""

PILES = {
    "numerals": "一",
    "marks that are put in order one by one": "\u0315\u0300",
    "others that become such": "\u0f73\uff9e",
    "digits": "1",
    "digits in pairs": "1,",
    "brackets that do not close": "(",
    "lines that end": "字\n",
    "ends of lines": "\n",
    "spaces": "　 ",
    "dots": "·",
    "dashes": "—",
    "colons": "：",
    "bars": "|",
    "units of time": "时",
    "numbers with points": "1.",
    "provinces": "省",
}


def piled(pile: str, length: int) -> str:
    """Between two letters: what stands at the ends of a text is often cut off."""
    return f"字{(pile * length)[: length - 2]}字"
