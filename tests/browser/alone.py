"""Scripts on pages made for them, without a server."""

from pathlib import Path

from playwright.sync_api import Page

STATIC = Path(__file__).parents[2] / "static"
LOADED = """async (sources) => {
  const at = {};
  for (const [name, text] of sources) {
    const script = Object.keys(at).reduce((said, other) => said.replaceAll(`./${other}`, at[other]), text);
    at[name] = URL.createObjectURL(new Blob([script], {type: "text/javascript"}));
  }
  window.modules = await Promise.all(Object.values(at).map((url) => import(url)));
  window.pressed = [];
  for (const kind of ["click", "submit", "change"]) {
    document.addEventListener(kind, (event) => {
      if (event.target.id === "reason" && kind === "submit") event.preventDefault();
      window.pressed.push(`${kind} ${event.target.id}`);
    });
  }
}"""
PLACED = "<style>.here { position: fixed; left: 100px; top: 100px; width: 120px; height: 60px; margin: 0 }</style>"


def shows(page: Page, body: str, *scripts: str) -> None:
    """A script that another imports stands before it."""
    page.set_content(PLACED + body)
    page.evaluate(LOADED, [(name, (STATIC / name).read_text("utf-8")) for name in scripts or ("settle.js",)])


def pressed(page: Page) -> list[str]:
    return page.evaluate("window.pressed")
