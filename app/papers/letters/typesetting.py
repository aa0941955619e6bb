"""The page of GB/T 9704 in the words of typst: a function for each style of the forms."""

from app.papers.letters.measures import BODY, CLOSER, LINE, NUMBER_INDENT, PAGE_NUMBER, SMALL, TABLE, TITLE, Sheet

_POINT = 20
FONTS = {
    "fangsong": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC", "SimSun"),
    "hei": ("SimHei", "STHeiti", "Noto Sans CJK SC"),
    "xiaobiaosong": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "SimSun", "Noto Serif CJK SC"),
    "song": ("SimSun", "STSong", "Noto Serif CJK SC"),
}
"""The first that is there is taken."""

_STYLES = f"""
#let line-of(it, indent: 0em, how: none) = {{
  let said = it.split("\\n").join(linebreak())
  par(first-line-indent: (amount: indent, all: true), justify: true, said)
}}
#let close(it, size: {TABLE}pt, font: fangsong) = block(above: 8pt, below: 8pt,
  par(leading: 6pt, justify: false, text(size: size, tracking: 0pt, font: font, it)))
#let cell(it, size: {TABLE}pt, font: fangsong, side: left) = align(side + horizon,
  par(leading: 4pt, spacing: 4pt, justify: false, text(size: size, tracking: 0pt, font: font, it)))
#let normal(it) = line-of(it)
#let body(it) = line-of(it, indent: 2em)
#let heading1(it) = block(sticky: true, text(font: hei, line-of(it, indent: 2em)))
#let draft(it) = text(font: hei, line-of(it))
#let title(it) = align(center, text(size: {TITLE}pt, tracking: 0pt, font: xiaobiaosong,
  par(leading: line - {TITLE}pt, it.split("\\n").join(linebreak()))))
#let signature(it) = align(right, line-of(it))
#let note(it) = close(it)
#let tabletitle(it) = block(sticky: true, close(it, font: hei))
#let figure(it) = cell(it, side: center)
#let head(it) = cell(it, font: hei, side: center)
#let smallcell(it) = cell(it, size: {SMALL}pt)
#let smallfigure(it) = cell(it, size: {SMALL}pt, side: center)
#let smallhead(it) = cell(it, size: {SMALL}pt, font: hei, side: center)
#let together(..parts) = block(breakable: false, width: 100%, parts.pos().join())
#let ruled(columns, ..rows) = table(columns: columns, stroke: 0.5pt, inset: (x: 2pt, y: 4pt), ..rows)
#let grid-of(columns, heads, cells) = block(below: 0pt, ruled(columns, table.header(..heads), ..cells))
#let last-row(columns, cells) = block(above: 0pt, ruled(columns, ..cells))
#let under-table(..parts) = block(breakable: false, width: 100%, above: 0pt, parts.pos().join())
"""


def preamble(sheet: Sheet, title: str) -> str:
    """What stands before the text: the page, its number, the styles. Without a date the same text is the same file."""
    fonts = "".join(f"#let {name} = ({', '.join(map(_quoted, found))})\n" for name, found in FONTS.items())
    line = LINE / _POINT
    half = (line - BODY) / 2  # the leading that a word processor leaves above the first line and below the last
    top, bottom = sheet.top / _POINT + half, sheet.bottom / _POINT - half
    return (
        f"#set document(title: {_quoted(title)}, date: none)\n{fonts}#let line = {line}pt\n"
        f"#set page(width: {sheet.width / _POINT}pt, height: {sheet.height / _POINT}pt, "
        f"margin: (top: {top}pt, bottom: {bottom}pt, left: {sheet.left / _POINT}pt, right: {sheet.right / _POINT}pt), "
        f"footer-descent: {_DESCENT - half}pt, footer: {_NUMBER})\n"
        f'#set text(size: {BODY}pt, tracking: {CLOSER / _POINT}pt, font: fangsong, lang: "zh", region: "cn", '
        "top-edge: 0.88em, bottom-edge: -0.12em)\n"
        f"#set par(leading: line - {BODY}pt, spacing: line - {BODY}pt){_STYLES}"
    )


_DESCENT = 7 * 72 / 25.4 - PAGE_NUMBER / 2
_NUMBER = (
    "context { let number = counter(page).get().first(); let said = text(font: song, size: "
    f'{PAGE_NUMBER}pt, tracking: 0pt, "— " + str(number) + " —"); '
    f"if calc.odd(number) {{ align(right, pad(right: {NUMBER_INDENT / _POINT}pt, said)) }} "
    f"else {{ align(left, pad(left: {NUMBER_INDENT / _POINT}pt, said)) }} }}"
)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
