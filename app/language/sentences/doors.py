"""What the doors decline: keys, codes, forms, frames, pages that are not there or not for everybody."""

SENTENCES = {
    "seat.other_card": (
        "This page belongs to seat {own}, but this browser now holds the card of seat {seat}. Nothing more is sent "
        "from this page; what is waiting is kept on this device. To go on, scan the card of seat {own} again."
    ),
    "seat.no_card": (
        "This browser no longer holds the card of this seat. Nothing is sent from this page; what is waiting is kept "
        "on this device. To go on, scan the card of this seat again."
    ),
    "seat.elsewhere": (
        "Seat {seat} has moved to another device. Nothing was sent; what was entered is kept on this one."
    ),
    "proof.not_finished": "Whether the record holds is told here once the meeting is over.",
    "display.not_there": "No display “{display}” is connected.",
    "attachments.altered": (
        "This attachment has been altered since it was handed in, so it is not shown. “run.py verify” names it."
    ),
    "key.unknown": "This link opens nothing: it is wrong, or has been revoked. Please ask the staff for a new one.",
    "join.no_code": (
        "A code has ten letters and digits, like K7M3-9QX-D2P (eight on older cards), but never 0, O, 1 or I. Please "
        "check what you typed."
    ),
    "join.wrong": "No key has this code: it is mistyped, or has been revoked. Please check it, or ask the staff.",
    "join.too_often": (
        "Too many wrong codes have been typed. Please try again in {seconds} seconds, or scan the QR code."
    ),
    "join.busy": (
        "Too many codes are being typed at the moment, so yours could not be checked. Please try again in {seconds} "
        "seconds, or scan the QR code."
    ),
    "cards.none": "Please tick at least one seat.",
    "key.gone": "This key has already been revoked. The list shows how things stand now.",
    "key.not_yours": "You may not make or revoke keys of this role.",
    "key.every_unit_has_one": "Every unit has a key already. Replace one in the list if its link was lost.",
    "key.for_nobody": "Please choose who the key is for.",
    "key.needed": "This page opens with its own link or code. Please ask the staff.",
    "key.revoked": "The key of this device has been revoked. Please ask the staff for a new one.",
    "key.moderator_needed": "The console opens with the moderator's link, which the terminal shows at start.",
    "key.console_of_organiser": (
        "The console opens with a moderator's key. As organiser you can make one for this device with one press; the "
        "keys page lists it as made by you."
    ),
    "key.seat_needed": "The tablet opens with the link or QR code of a seat. Please ask the staff.",
    "display.unknown": "There is no such display.",
    "replay.tablets_later": (
        "Tablets can be played back once the meeting is over and all scoring is closed: until then nobody sees what a "
        "seat has marked."
    ),
    "replay.broken": (
        "The record does not hold at entry {entry}, so it is not played back. The supervisor's page says what is wrong."
    ),
    "replay.no_place": "Please type the number of an entry, like 812, or a time of the day, like 10:42 or 10:42:07.",
    "replay.before_all": "Before the first entry.",
    "replay.not_told": "What this entry says can be read by the supervisor only.",
    "replay.no_change": "In this direction this screen does not change any more.",
    "page.unknown": "There is no such page.",
    "page.bad_request": "This request could not be understood.",
    "page.forbidden": "This page is not for you, or the form was too old. Please go back and try again.",
    "page.too_large": "That is too large.",
    "page.too_slow": "This request took too long to arrive. Please try again.",
    "page.head_too_large": (
        "The header of this request is too large: at most {most} KB. If you see this in a browser, deleting this "
        "site's cookies helps."
    ),
    "page.too_many_fields": "That form has too many fields: at most {most} are allowed.",
    "host.unknown": "This server is not called {host}. If it should be, add that name to the setting KAIMEN_HOSTS.",
    "form.from_elsewhere": "This form was sent from a page of another site. Please open the page here and fill it in.",
    "form.again": (
        "Nothing has been done yet: this form was opened under another key, or before this browser forgot its "
        "cookies. What was filled in is still here. If this page appears again, please allow cookies for this site."
    ),
    "page.failed": "The page could not be shown because of a fault in the program. It has been noted.",
    "command.unknown": "There is no such command.",
    "command.twice": "This command has already been sent by somebody else.",
    "command.malformed": "The command cannot be read: {detail}.",
    "detail.id": "its id (id) is not 8 to 64 letters, digits, dashes or underscores",
    "detail.unwritable": "it contains a character that cannot be stored ({character})",
    "command.not_allowed": "Your role may not do this.",
    "command.other_seat": "This belongs to seat {seat}, but the tablet is now used by {own}. It was not sent.",
    "command.too_late": (
        "This arrived too late and was not carried out: a press counts for three seconds. Check how things stand "
        "now, and press again."
    ),
    "command.failed": "The command could not be carried out because of a fault in the program. It has been noted.",
    "trust.nothing_to_install": "This server has no certificate of its own for you to install.",
    "rehearsal.of_rehearsal": "This is itself a rehearsal. Rehearse the meeting that it is a copy of.",
    "meeting.not_a_rehearsal": "This is the real meeting. Only a rehearsal can be thrown away.",
    "bots.not_in_real_meeting": "Bots take part in rehearsals only, never in the real meeting.",
    "bots.no_empty_seat": "Every seat is taken; there is none left for a bot.",
    "key.organiser_needed": "Meetings are prepared with the organiser's link, which the terminal shows at start.",
    "attachments.unknown": "There is no such attachment.",
}
