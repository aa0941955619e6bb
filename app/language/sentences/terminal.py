"""Why a command of the terminal ends early: what it cannot do, and what stopped a rehearsal or a bench."""

SENTENCES = {
    "command.no_meeting": "There is no meeting “{code}”. There are: {known}",
    "command.no_seat": "There is no seat “{seat}”. There are: {known}",
    "command.no_typst": (
        "PDF files are made by typst, which is not installed here: it is the extra “pdf” of this project (pip install "
        "typst). Without --pdf everything else is written; a browser or word processor prints each paper as well."
    ),
    "command.no_template": "A template ends in .xlsx or .toml: {file}",
    "command.no_database": "There is no database {db}. Name the server's database with --db.",
    "command.erased_but_in_files": (
        "Something is reading {file}, so what was erased still lies unread in its files. Run this command once more "
        "before you copy them or give them away."
    ),
    "command.no_fonts": (
        "The PDFs will not look as intended: none of these fonts is installed: {fonts}. Install one of each, or "
        "print the .docx from a word processor that has them."
    ),
    "command.no_answer": "The database is not answering: {cause}",
    "command.certificate": "The certificate cannot be used: {cause}",
    "command.port": "Cannot listen on {host}:{port} ({cause}). Choose another port with {option}.",
    "command.no_numbers": "Give numbers of clients like this: 200,1000,3000",
    "days.real_meeting": "Days can be skipped only in rehearsals, and this database contains the meeting “{meeting}”.",
    "days.own_server": (
        "The second half is rehearsed on a server of its own, where days can be skipped: leave out --url and --keep."
    ),
    "trouble.not_ready": "The server could not start.",
    "trouble.finished": "The meeting “{fact}” is already over.",
    "trouble.not_reachable": "No Kaimen answers at {fact}.",
    "trouble.not_let_in": "The server at {fact} does not know this meeting's keys: it uses another database.",
    "trouble.stuck": "The meeting is not moving on: {fact}",
    "trouble.few_files": (
        "Too few files may be open at once for so many sockets ({fact}). Raise the limit with ulimit -n."
    ),
    "trouble.no_browser": (
        "This bench opens pages in Chromium, and {fact} is not there. It is one of the tools for development: see "
        "CONTRIBUTING.md."
    ),
    "trouble.no_figure": "No figure was obtained: {fact}.",
}
