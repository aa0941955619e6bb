"""What is wrong with a device, and what to do about it."""

SENTENCES = {
    "device.nobody": "No device yet – open the link or QR code of the seat",
    "device.gone": "Gone since {since} – check its power and Wi-Fi, or open the link on a spare device",
    "device.unsent": "{number} not sent yet – keep the page open and bring the device back into Wi-Fi range",
    "device.set_aside": "{number} entered on it but not sent – check its screen before putting it away",
    "device.led_elsewhere": (
        "Read-only: the seat was taken over by a device that is gone – press “Take it back here” on this one"
    ),
    "device.two": "Two devices at one seat – this one is in use, the other is read-only",
    "device.only_reads": (
        "Read-only: the seat is in use on another device – collect this one, or take the seat back on it"
    ),
    "device.keys": (
        "Two keys of this seat are in use; this device came with {key} – under Keys, revoke the one that "
        "nobody was given"
    ),
    "device.hidden": "The page is in the background – bring it back to the front",
    "device.sleeps": "The screen may go dark – set it to stay on in its settings",
    "device.slow": "Slow network ({seconds} s there and back) – move the device closer to the Wi-Fi, or use a cable",
    "device.clock_fast": "Its clock is {amount} fast – this does not affect the timing",
    "device.clock_slow": "Its clock is {amount} slow – this does not affect the timing",
}
