"""The doorkeeper: whoever holds a revoked key goes, whatever becomes of the others."""

from app.web.doorkeeper import Doorkeeper


class Visitor:
    def __init__(self, raises: bool) -> None:
        self.raises = raises
        self.is_out = False

    def is_shown_out(self) -> None:
        if self.raises:
            raise RuntimeError("does not go")
        self.is_out = True


def test_one_that_cannot_be_shown_out_keeps_no_other_in(caplog):
    doorkeeper = Doorkeeper()
    visitors = [Visitor(raises=at % 2 == 0) for at in range(8)]
    for visitor in visitors:
        doorkeeper.let_in("key", visitor)
    doorkeeper.show_out(["key"])
    assert [each.is_out for each in visitors] == [not each.raises for each in visitors]
    assert "does not go" in caplog.text
