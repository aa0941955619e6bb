"""What the set-up pages find in what was typed and handed in there."""

SENTENCES = {
    "form.moved": (
        "Somebody else has changed the same page meanwhile; nothing was written. Please compare both versions."
    ),
    "form.complained": "Something on this page cannot be taken as it is; nothing was written. Please put it right.",
    "setup.frozen": "The meeting has been opened: what was agreed is frozen and can no longer be changed.",
    "setup.opened_once": "The meeting has been opened; its record is kept and it cannot be deleted.",
    "setup.other_code_typed": "To delete the meeting, type its code: {code}",
    "code.malformed": "A code has 2 to 32 characters: a to z, 0 to 9 and -, not - in front.",
    "code.reserved": "“{code}” is an address of Kaimen itself. Please choose another code.",
    "code.taken": "There is already a meeting with the code “{code}”.",
    "field.missing": "Please fill this in.",
    "field.out_of_range": "Please give a number from {least} to {most}.",
    "field.no_choice": "Please choose one of the list.",
    "field.too_long_a_time": "At most {most} minutes.",
    "field.too_many": "At most {most}.",
    "units.not_added_yet": (
        "These lines have not been added to the list yet. Press “Add these units”, or clear the box."
    ),
    "units.same_name": "Two units are called “{name}”. Give them different short names.",
    "units.same_full_name": "“{name}” stands in the list already.",
    "units.short_name_needed": (
        "The name is long. Please give a short name of at most {most} characters for the screens."
    ),
    "panel.same_label": "Two seats are called “{label}”.",
    "panel.recused_twice": "This recusal stands in the list already.",
    "agenda.reports_already": "This unit reports already, further up.",
    "agenda.unit_needed": "Please choose the unit that reports.",
    "agenda.time_needed": "Please give at least one time.",
    "rubric.no_range": "The most points must be more than the fewest.",
    "rubric.step_does_not_fit": "This step does not lead from the fewest points to the most.",
    "rubric.no_weight": "The weight must be above zero.",
    "rubric.same_name": "Two criteria are called “{name}”.",
    "rubric.same_level": "Two levels are called “{name}”.",
    "rubric.two_levels": "A scale needs at least two levels.",
    "rules.trim_leaves_nothing": "Nothing would be left to count. Drop from {least} sheets on, or more.",
    "rules.weight_needed": "This group has seats, so it needs a weight too; or clear all weights.",
    "rules.tie_twice": "This stands further up already.",
    "rules.grade_twice": "Another line has the same name or the same points.",
    "papers.of_no_unit": (
        "In these names no unit was found, or several: {names}. They were not taken; please hand them in at their unit."
    ),
    "papers.none_chosen": "Please choose a file first.",
    "papers.unknown_kind": "“{name}” is not of a kind that can be handed in ({kinds}).",
    "papers.too_large": "“{name}” is larger than {megabytes} MB.",
    "papers.not_what_it_says": "“{name}” is not what its ending says. Please save it again and hand in the new file.",
    "papers.too_many": (
        "A unit has at most {most} papers, and with these it would have {number}: none of them was taken."
    ),
    "papers.others_taken": "Taken: {names}.",
}
