"""What is wrong with a setting, or with a file that the command line was given."""

SENTENCES = {
    "setting.no_number": "{name} must be a number, not “{text}”.",
    "setting.no_switch": "{name} must be 1 or 0, not “{text}”.",
    "setting.no_networks": "{name} must be addresses or networks separated by commas, not “{text}”.",
    "setting.no_database": "{name} must be the path of a file or a postgresql:// url, not “{text}”.",
    "setting.no_address": "{name} must be an address like http://192.168.1.20:8000, with http or https, not “{text}”.",
    "setting.address_with_path": (
        "{name} must end with the name or the port: Kaimen cannot run under a path, as in “{text}”. Let the proxy "
        "give it its own name or port."
    ),
    "system.not_there": "There is no file or folder {file}.",
    "system.denied": "{file} cannot be opened: it is write-protected, belongs to somebody else, or is open elsewhere.",
    "system.full": "The disk is full: {file} could not be written.",
    "system.is_a_folder": "{file} is a folder. Name a file.",
}
