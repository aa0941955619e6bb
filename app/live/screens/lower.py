"""The lower third of a live stream: who reports, over a picture from elsewhere. Transparent where nothing is said."""

from app.live.contexts import Context
from app.live.screens import displays, parts
from app.live.views import Look, Region, View
from app.meeting.displays.state import SceneKind
from app.meeting.plan import ItemKind


class Third(Context, frozen=True, kw_only=True):
    """The name of the unit, or of the agenda item; a message that was cued; nothing while the display is blank."""

    is_rehearsal: bool
    status: str
    is_blank: bool
    message: str
    title: str
    item: str
    unit: str
    number: int | None
    segment: str | None


def third(look: Look) -> Third:
    meeting = look.meeting
    scene, item = meeting.scene_of(look.viewer.display), meeting.current_item
    is_running = meeting.is_open and item is not None
    return Third(
        is_rehearsal=meeting.plan.is_rehearsal,
        status=parts.status(meeting),
        is_blank=scene.kind is SceneKind.BLANK,
        message=scene.text if scene.kind is SceneKind.MESSAGE else "",
        title=meeting.plan.name,
        item=item.title if item and is_running and item.kind is not ItemKind.PRESENTATION else "",
        unit=meeting.unit(item.unit).name if item and item.unit and is_running else "",
        number=parts.number_of(meeting, item) if item and is_running else None,
        segment=meeting.current_segment.kind if meeting.current_segment and is_running else None,
    )


LOWER = View("lower", (Region("lower-third", third), Region("lower-told", displays.told)), pause=0.02)
