"""What the set-up pages find in what was typed and handed in there."""

SENTENCES = {
    "previous.unknown": "Please choose the previous meeting.",
    "previous.no_public_file": (
        "This is not a public.json written by Kaimen, so nothing was taken over. You will find it with the "
        "published pages of the other meeting."
    ),
    "previous.nothing_promised": "“{title}” has handed no findings to its units, so there is nothing to take over.",
    "form.moved": (
        "Somebody else has changed the same page in the meantime; nothing was saved. Please compare the two versions."
    ),
    "form.complained": "Something on this page cannot be accepted as it is; nothing was saved. Please correct it.",
    "people.moved": (
        "Somebody else has entered here in the meantime: {name}, {office}. Saving once more puts yours in its place."
    ),
    "setup.frozen": "The meeting has been opened: what was agreed is frozen and can no longer be changed.",
    "setup.opened_once": "The meeting has been opened; its record is kept and it cannot be deleted.",
    "setup.other_code_typed": "To delete the meeting, type its code: {code}",
    "code.malformed": "A code has 2 to 32 characters: a to z, 0 to 9 and -, and does not begin with -.",
    "code.reserved": "“{code}” is an address of Kaimen itself. Please choose another code.",
    "code.taken": "There is already a meeting with the code “{code}”.",
    "field.missing": "Please fill this in.",
    "field.out_of_range": "Please enter a number from {least} to {most}.",
    "field.no_choice": "Please choose one from the list.",
    "field.too_long_a_time": "At most {most} minutes.",
    "field.too_many": "At most {most}.",
    "units.not_added_yet": (
        "These lines have not been added to the list yet. Press “Add these units”, or clear the box."
    ),
    "units.same_name": "Two units are called “{name}”. Give them different short names.",
    "units.same_full_name": "“{name}” is already in the list.",
    "units.short_name_needed": (
        "The name is long. Please enter a short name of at most {most} characters for the screens."
    ),
    "panel.same_label": "Two seats are called “{label}”.",
    "panel.same_group": "Two groups are called “{name}”.",
    "panel.recused_twice": "This recusal is already in the list.",
    "agenda.reports_already": "This unit already reports, further up.",
    "agenda.unit_needed": "Please choose the unit that reports.",
    "agenda.time_needed": "Please enter at least one time.",
    "rubric.no_range": "The maximum must be greater than the minimum.",
    "rubric.step_does_not_fit": "The range from minimum to maximum is not a whole number of these steps.",
    "rubric.no_weight": "The weight must be above zero.",
    "rubric.same_name": "Two criteria are called “{name}”.",
    "rubric.same_level": "Two levels are called “{name}”.",
    "rubric.two_levels": "A scale needs at least two levels.",
    "rules.trim_leaves_nothing": "Nothing would be left to count. Drop only when there are at least {least} sheets.",
    "rules.weight_needed": "This group has seats, so it needs a weight too; or clear all weights.",
    "rules.tie_twice": "This is already listed above.",
    "rules.grade_twice": "Another line has the same name or the same points.",
    "attachments.of_no_unit": (
        "These file names match no unit, or more than one: {names}. The files were not accepted; please hand them in "
        "under their unit."
    ),
    "file.none_chosen": "Please choose a file first.",
    "attachments.unknown_kind": "“{name}” is not a type of file that can be handed in ({kinds}).",
    "attachments.empty": (
        "“{name}” is empty. It may not have been downloaded to this device yet: open it once, then choose it again."
    ),
    "attachments.locked": (
        "“{name}” has a password, so nobody else could open it. Please save it without one and hand in the new file."
    ),
    "attachments.too_large": "“{name}” is larger than {megabytes} MB.",
    "attachments.not_what_it_says": (
        "The content of “{name}” does not match its file extension. Please save it again and hand in the new file."
    ),
    "attachments.too_many": (
        "A unit can have at most {most} attachments, and with these it would have {number}: none of them was accepted."
    ),
    "attachments.others_taken": "Accepted: {names}.",
}
