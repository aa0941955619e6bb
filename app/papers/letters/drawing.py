"""A signature by finger as a picture within a line of a letter, in the old drawing language that every office knows."""

from markupsafe import Markup

from app.meeting.sheets.signing import HEIGHT, WIDTH, Drawing

POINTS_WIDE, POINTS_HIGH = 55, 22


def picture_of(drawing: Drawing) -> Markup:
    """It closes the text that it stands in, and opens it again. Nothing but numbers is put in."""
    path = "".join(f"m{_points(stroke)}" for stroke in drawing)
    size = f"width:{POINTS_WIDE}pt;height:{POINTS_HIGH}pt"
    return Markup(  # noqa: S704  numbers
        '</w:t></w:r><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
        f'style="{size}" coordsize="{WIDTH},{HEIGHT}" path="{path}e" filled="f" strokeweight="1pt"/></w:pict></w:r>'
        '<w:r><w:t xml:space="preserve">'
    )


def _points(stroke: tuple[int, ...]) -> str:
    """A dot is a line as short as can be."""
    (x, y), *others = zip(stroke[::2], stroke[1::2], strict=True)
    return f"{x},{y}l" + ",".join(f"{x},{y}" for x, y in others or [(x + 1, y)])
