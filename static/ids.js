// Ids that nobody else makes. crypto.randomUUID needs a secure context, which plain http in a hall is not.

export function newId(length = 16) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
