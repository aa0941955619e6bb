// Make `before` what `now` is by changing only what differs: the page does not jump, what was unfolded stays unfolded, and
// the cursor stays where it is.
export function morph(before, now) {
  if (before.nodeType !== Node.ELEMENT_NODE) {
    if (before.data !== now.data) before.data = now.data;
    return;
  }
  dress(before, now);
  if (kept(before).includes("content")) return;
  let at = before.firstChild;
  for (const child of [...now.childNodes]) {
    const known = knownAs(child, before, at);
    if (known !== null && known === at) at = at.nextSibling;
    else before.insertBefore(known || child, at);
    if (known) morph(known, child);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

// What this device has changed stays: what is named in data-keeps, by the names of attributes or as the content, and what a
// clock has said to itself.
const OF_A_CLOCK = ["data-state", "data-length"];
const kept = ({ localName, dataset }) => (localName === "k-clock" ? OF_A_CLOCK : (dataset.keeps || "").split(" "));

function dress(before, now) {
  const stays = kept(before);
  for (const { name } of [...before.attributes])
    if (!now.hasAttribute(name) && !stays.includes(name)) before.removeAttribute(name);
  for (const { name, value } of now.attributes)
    if (before.getAttribute(name) !== value && !stays.includes(name)) before.setAttribute(name, value);
}

// Which child of `before` stands for this one: by its id, or the one that stands in its place, if that is of the same kind.
function knownAs(child, before, at) {
  if (child.id) return [...before.children].find(({ id }) => id === child.id) || null;
  return at && !at.id && at.nodeName === child.nodeName ? at : null;
}
