"""The parts of a .docx beside its text: styles, fonts, settings, the page number, and what holds them together.

No part of a theme is among them, for a theme's fonts win over those that are named.
"""

from app.papers.letters.measures import (
    BODY,
    CLOSER,
    LINE,
    NUMBER_INDENT,
    PAGE_NUMBER,
    SMALL,
    TABLE,
    TITLE,
    TWO_CHARACTERS,
)

FANGSONG, KAI, HEI, XIAOBIAOSONG, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
ALTERNATIVES = {
    FANGSONG: "仿宋,FangSong,STFangsong",
    KAI: "楷体,KaiTi,STKaiti",
    HEI: "SimHei,STHeiti",
    XIAOBIAOSONG: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,宋体,SimSun",
    SONG: "SimSun,STSong",
}
"""None is shipped: offices have them, or what stands here."""

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_KIND}.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_KIND}.fontTable+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_KIND}.footer+xml"/>'
    f'<Override PartName="/word/footer2.xml" ContentType="{_KIND}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)

PACKAGE_RELATIONSHIPS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)

ODD, EVEN = "rId4", "rId5"

DOCUMENT_RELATIONSHIPS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONSHIPS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATIONSHIPS}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{RELATIONSHIPS}/fontTable" Target="fontTable.xml"/>'
    f'<Relationship Id="{ODD}" Type="{RELATIONSHIPS}/footer" Target="footer1.xml"/>'
    f'<Relationship Id="{EVEN}" Type="{RELATIONSHIPS}/footer" Target="footer2.xml"/>'
    "</Relationships>"
)

SETTINGS = (
    f"{HEAD}<w:settings {NAMESPACES}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat></w:settings>"
)


def fonts(east_asian: str, latin: str = "Times New Roman") -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east_asian}" w:cs="{latin}"/>'


def size(points: float) -> str:
    """Set solid, unlike letters of the text."""
    return '<w:spacing w:val="0"/>' + bare_size(points)


def bare_size(points: float) -> str:
    return f'<w:sz w:val="{2 * points:.0f}"/><w:szCs w:val="{2 * points:.0f}"/>'


def font_table() -> str:
    named = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, others in ALTERNATIVES.items()
    )
    latin = '<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    return f"{HEAD}<w:fonts {NAMESPACES}>{named}{latin}</w:fonts>"


def footer(side: str) -> str:
    """The page number between dashes, at the right or the left edge, one character in."""
    run = f"<w:rPr>{fonts(SONG, SONG)}{size(PAGE_NUMBER)}</w:rPr>"
    number = (
        f'<w:r>{run}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{run}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r>{run}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{run}<w:t>1</w:t></w:r>'
        f'<w:r>{run}<w:fldChar w:fldCharType="end"/></w:r>'
    )
    dash = '<w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r>'
    place = f'<w:ind w:{side}="{NUMBER_INDENT}" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{side}"/>'
    return (
        f'{HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="PageNumber"/>{place}</w:pPr>'
        f"{dash.format(run=run, text='— ')}{number}{dash.format(run=run, text=' —')}</w:p></w:ftr>"
    )


def core(title: str, at: str) -> str:
    """``at``: when, as ISO 8601 in UTC."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>Kaimen</dc:creator><dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified></cp:coreProperties>'
    )


def _style(id: str, name: str, paragraph: str, run: str = "", following: str = "") -> str:
    then = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{then}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_INDENTED = f'<w:ind w:firstLineChars="200" w:firstLine="{TWO_CHARACTERS}"/>'
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
_PLAIN_NUMBERS = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
_IN_CELL = f'{_OFF_GRID}<w:spacing w:line="240" w:lineRule="auto"/>'
_CLOSE = f'{_OFF_GRID}<w:spacing w:before="80" w:after="80" w:line="360" w:lineRule="exact"/>'


def _table_styles(before: str, points: float) -> str:
    """For text, for figures and for the heads of columns. A blank between figures and text would pull columns apart."""
    name, head = f"{before} Table".strip(), f"{fonts(HEI)}{size(points)}"
    return (
        _style(f"{before}Cell", f"{name} Text", f'{_IN_CELL}<w:jc w:val="left"/>', size(points))
        + _style(f"{before}Figure", f"{name} Figure", f'{_PLAIN_NUMBERS}{_IN_CELL}<w:jc w:val="center"/>', size(points))
        + _style(f"{before}Head", f"{name} Head", f'<w:keepNext/>{_IN_CELL}<w:jc w:val="center"/>', head)
    )


STYLES = (
    f"{HEAD}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANGSONG)}"
    f'<w:spacing w:val="{CLOSER}"/>{bare_size(BODY)}'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    f'<w:pPrDefault><w:pPr><w:spacing w:line="{LINE}" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:jc w:val="both"/></w:pPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    + _style("Body", "Body Text", _INDENTED)
    + _style("Heading1", "heading 1", f'<w:keepNext/>{_INDENTED}<w:outlineLvl w:val="0"/>', fonts(HEI), "Body")
    + _style("Heading2", "heading 2", f'<w:keepNext/>{_INDENTED}<w:outlineLvl w:val="1"/>', fonts(KAI), "Body")
    + _style(
        "Title",
        "Title",
        f'<w:keepNext/>{_OFF_GRID}<w:jc w:val="center"/>',
        f"{fonts(XIAOBIAOSONG)}{size(TITLE)}",
        "Body",
    )
    + _style("Draft", "Draft", '<w:jc w:val="left"/>', fonts(HEI))
    + _style("Signature", "Signature", '<w:keepNext/><w:keepLines/><w:jc w:val="right"/>')
    + _style("Note", "Note", f'{_CLOSE}<w:jc w:val="left"/>', size(TABLE))
    + _style("TableTitle", "Table Title", f"<w:keepNext/>{_CLOSE}", f"{fonts(HEI)}{size(TABLE)}")
    + _table_styles("", TABLE)
    + _table_styles("Small", SMALL)
    + _style("PageNumber", "footer", f'{_OFF_GRID}<w:spacing w:line="280" w:lineRule="exact"/>', size(PAGE_NUMBER))
    + "</w:styles>"
)
