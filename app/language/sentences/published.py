"""What is said about publication: what lies beside the public pages, and why a folder is not written into."""

SENTENCES = {
    "public.verify": "Check the record yourself: a page that works in any browser, without a network",
    "public.log": "The log for everybody: in full where it was told to all, otherwise only the digest",
    "public.log_later": "The log and the results to be checked there are given here once the meeting is over.",
    "public.not_over": "The log and the results can be had here once the meeting is over.",
    "public.no_ballots": "No vote is shown here whose ballots can be counted again.",
    "public.no_log": (
        "This log was begun by an earlier version: it can be checked only as a whole, which the office keeps."
    ),
    "public.data": "Everything on these pages, for programs (.json)",
    "public.findings": "The findings and what became of them, as a table (.csv)",
    "public.feed": "What has changed, to subscribe to (Atom)",
    "site.folder_not_empty": (
        "{folder} is not empty, and nothing in it was published from here. Choose an empty folder."
    ),
    "site.of_another": "{folder} has the pages of another meeting ({meeting}). Choose a folder of its own.",
    "site.list_unreadable": "{file}, which lists what was written here, cannot be read. Choose another folder.",
    "site.file_of_others": (
        "{file} was not written by this program and is left alone. Remove it, or choose another folder."
    ),
    "site.written": "{folder}: {changed} files written, {removed} taken away.",
    "site.missing": (
        "{missing} files that were handed in are not in the database any more, or not as they were handed in."
    ),
    "site.follows": "Kept up to date until Ctrl+C is pressed.",
}
