"""What the doors decline: keys, codes, forms, frames, pages that are not there or not for everybody."""

SENTENCES = {
    "seat.other_card": "This page is seat {own}'s, but this browser now holds the card of seat {seat}. Nothing is sent "
    "from this page any more; what waits is kept on this device. To go on, scan the card of seat {own} again.",
    "seat.no_card": "This browser holds the card of this seat no more. Nothing is sent from this page; what waits is "
    "kept on this device. To go on, scan the card of this seat again.",
    "seat.elsewhere": "Seat {seat} is now led from another device. Nothing was sent; it is kept on this one.",
    "display.not_there": "No display “{display}” is connected.",
    "papers.altered": (
        "The bytes of this paper have been altered since it was handed in: it is not shown. “run.py verify” names it."
    ),
    "key.unknown": "This link opens nothing: it is wrong, or has been revoked. Please ask the staff for a new one.",
    "join.no_code": (
        "A code has ten letters and digits, like K7M3-9QX-D2P (on older cards eight); 0 and O, 1 and I do not occur. "
        "Please check what you typed."
    ),
    "join.wrong": "No key has this code: it is mistyped, or has been revoked. Please check it, or ask the staff.",
    "join.too_often": (
        "Too many wrong codes have been typed. Please try again in {seconds} seconds, or scan the QR code."
    ),
    "join.busy": (
        "So many codes are being typed at this moment that yours could not be looked at. Please try again in {seconds} "
        "seconds, or scan the QR code."
    ),
    "cards.none": "Please tick at least one seat.",
    "key.gone": "This key has been revoked already. The list shows how things stand now.",
    "key.not_yours": "Keys of this role are not yours to make or revoke.",
    "key.for_nobody": "Please choose for whom the key is.",
    "key.needed": "This page opens with a link or a code of its own. Please ask the staff.",
    "key.revoked": "The key of this device has been revoked. Please ask the staff for a new one.",
    "key.moderator_needed": "The console opens with the moderator's link, which the terminal shows at start.",
    "key.console_of_organiser": (
        "The console opens with a moderator's key. As organiser you can make one for this device by one press; "
        "the keys page lists it as made by you."
    ),
    "key.seat_needed": "The tablet opens with the link or QR code of a seat. Please ask the staff.",
    "display.unknown": "There is no such display.",
    "page.unknown": "There is no such page.",
    "page.bad_request": "This request could not be understood.",
    "page.forbidden": "This page is not for you, or the form was too old. Please go back and try again.",
    "page.too_large": "That is too large.",
    "page.too_slow": "This request took too long to arrive. Please try again.",
    "page.head_too_large": "The head of this request is too large: at most {most} KB. "
    "If this comes from a browser, deleting this site's cookies helps.",
    "page.too_many_fields": "That form has too many fields: {most} at the most.",
    "host.unknown": "This server is not called {host}. If it shall be, that name goes into the setting KAIMEN_HOSTS.",
    "form.from_elsewhere": "This form was sent from a page of another site. Please open the page here and fill it in.",
    "form.again": "Nothing has been done yet: this form was opened under another key, or before this browser forgot "
    "its cookies. What was filled in is still here. If this page comes back, please allow cookies for this site.",
    "page.failed": "The page could not be shown because of a fault in the program. It has been noted.",
    "command.unknown": "There is no such command.",
    "command.twice": "This command has already been sent by somebody else.",
    "command.malformed": "The command is not readable: {detail}.",
    "detail.unwritable": "it holds a character that cannot be kept ({character})",
    "command.not_allowed": "Your role may not do this.",
    "command.other_seat": "This belongs to seat {seat}, but the tablet is now used by {own}. It was not sent.",
    "command.too_late": "This arrived too late and was not carried out: what is pressed counts for three seconds. "
    "Look at what is so now, and press again.",
    "command.failed": "The command could not be carried out because of a fault in the program. It has been noted.",
    "trust.nothing_to_install": "This server has no certificate of its own to install.",
    "rehearsal.of_rehearsal": "This is a rehearsal itself. Rehearse the meeting it is a copy of.",
    "meeting.not_a_rehearsal": "This is the real meeting. Only a rehearsal can be thrown away.",
    "bots.not_in_real_meeting": "Bots take part in rehearsals only, never in the real meeting.",
    "bots.no_empty_seat": "Every seat is taken; there is none left for a bot.",
    "key.organiser_needed": "Meetings are prepared with the organiser's link, which the terminal shows at start.",
    "papers.unknown": "There is no such paper.",
}
