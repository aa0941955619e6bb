"""What a script can see of a display: what is cut off on it, how small its letters are, how well they stand out."""

IS_RESIZED = """() => {
  window.isResized = new Promise((done) => addEventListener("resize", () => done(), { once: true }));
}"""
"""Sets what fulfils itself once the page has another size, and all who heard of it before have done with it."""

TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SMALLEST = """(box) => {
  const walker = document.createTreeWalker(document.querySelector(box), NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (walker.nextNode()) {
    const { parentElement } = walker.currentNode;
    if (walker.currentNode.data.trim() && parentElement.checkVisibility() && !parentElement.closest("svg"))
      sizes.push((parseFloat(getComputedStyle(parentElement).fontSize) * 1080) / innerHeight);
  }
  return Math.min(...sizes);
}"""
CUT_OFF = """(box) => {
  const boxesOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 0);
  };
  const whole = document.querySelector(box);
  const inWindow = new DOMRect(0, 0, innerWidth, innerHeight);
  const stage = box === "body" ? inWindow : whole.getBoundingClientRect();
  const join = [...document.querySelectorAll(".join > *")];
  const taken = join.flatMap((each) => (each.matches("svg") ? [each.getBoundingClientRect()] : boxesOf(each)));
  const isOutside = (box) => box.left < stage.left - 1 || box.right > stage.right + 1
    || box.top < stage.top - 1 || box.bottom > stage.bottom + 1;
  const meets = (box, other) => box.right > other.left && box.left < other.right
    && box.bottom > other.top && box.top < other.bottom;
  const walker = document.createTreeWalker(whole, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const isCutOff = (box) => isOutside(box) || taken.some((other) => meets(box, other));
    if (text && boxesOf(walker.currentNode).some(isCutOff)) texts.push(text);
  }
  return texts;
}"""
BROKEN = """(box) => {
  const walker = document.createTreeWalker(document.querySelector(box), NodeFilter.SHOW_TEXT);
  const broken = [];
  while (walker.nextNode())
    for (const word of walker.currentNode.data.matchAll(/[A-Za-z0-9]+/g)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, word.index);
      range.setEnd(walker.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((each) => Math.round(each.top))).size > 1) broken.push(word[0]);
    }
  return broken;
}"""
"""Words of letters and digits that go over the end of a line."""
FAINT = """(least) => {
  const FLARE = 0.15;
  const parsed = (text) => {
    const [red, green, blue, alpha = 1] = text.match(/[\\d.]+/g).map(Number);
    return { channels: [red, green, blue], alpha };
  };
  const over = (top, below) => below.map((channel, at) => top.alpha * top.channels[at] + (1 - top.alpha) * channel);
  const light = (channels) => {
    const [red, green, blue] = channels.map((each) => each / 255)
      .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  // The lightest that a background is anywhere: of a gradient, its lightest stop.
  const stops = (style) => (style.backgroundImage.match(/rgba?\\([^)]*\\)/g) ?? []).map(parsed);
  const ground = (element) => {
    const chain = [];
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) chain.unshift(at);
    let color = [0, 0, 0];
    for (const each of chain) {
      const style = getComputedStyle(each);
      color = over(parsed(style.backgroundColor), color);
      const lit = stops(style).map((stop) => over(stop, color)).sort((one, other) => light(other) - light(one));
      if (lit.length) color = lit[0];
    }
    return color;
  };
  // Letters in a drawing stand on the last shape that was drawn under them.
  const under = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const shapes = [...element.closest("svg").querySelectorAll("rect")].filter((shape) => {
      const box = shape.getBoundingClientRect();
      return box.left <= x + width / 2 && box.right >= x + width / 2 && box.top <= y + height / 2
        && box.bottom >= y + height / 2 && shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    return shapes.map((shape) => getComputedStyle(shape).fill).filter((fill) => fill !== "none").map(parsed);
  };
  const colours = (element) => {
    const drawing = element.closest("svg");
    if (!drawing) return [parsed(getComputedStyle(element).color), ground(element)];
    const papers = under(element).reduce((color, paper) => over(paper, color), ground(drawing));
    return [parsed(getComputedStyle(element).fill), papers];
  };
  const found = {};
  const look = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.shadowRoot) look(node.shadowRoot);
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
      const element = node.parentElement;
      const isSeen = element.checkVisibility({ visibilityProperty: true });
      if (!isSeen || element.closest("script, .rehearsal-mark")) continue;
      const [ink, paper] = colours(element);
      const [one, other] = [light(over(ink, paper)), light(paper)];
      const contrast = (Math.max(one, other) + FLARE) / (Math.min(one, other) + FLARE);
      if (contrast < least) found[node.data.trim().slice(0, 20)] = contrast.toFixed(2);
    }
  };
  look(document.body);
  return found;
}"""
"""Texts that do not stand out enough where a hall is lit, with their contrast.

The lamps lay 0.15 of the white over all of the screen: what is seen of a and b is (a + 0.15) / (b + 0.15).
"""
