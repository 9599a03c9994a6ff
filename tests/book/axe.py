"""What a page is checked for in the browser: axe-core's rules, and what they leave open."""

from __future__ import annotations

import re

from axe_playwright_python.base import AXE_SCRIPT

#: A and AA of WCAG 2.0, 2.1 and 2.2, and what axe-core counts as good practice beyond them.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: 2.5.3, a name that contains the visible label: axe-core has the rule and leaves it off.
ALSO = {"label-content-name-mismatch": {"enabled": True}}
VERSION = re.search(r"axe v([\d.]+)", AXE_SCRIPT)[1]

RUN = """async ([tags, rules]) => {
  await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const options = { runOnly: tags, rules, reporter: "no-passes", preload: false };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 150)}`));
}"""

#: Colours as they are seen: what is see-through lies over what is behind; a gradient counts with all in it.
COLOURS = """
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const seen = new Map();
  const rgba = text => {
    if (!seen.has(text)) {
      canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      seen.set(text, [r, g, b, a / 255]);
    }
    return seen.get(text);
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((part, i) => part * a + under[i] * (1 - a));
  const light = rgb => rgb.map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const known = new Map([[null, [[255, 255, 255]]]]);
  const behind = element => {
    if (known.has(element)) return known.get(element);
    const style = getComputedStyle(element), colour = rgba(style.backgroundColor);
    const flat = colour[3] === 1 ? [colour.slice(0, 3)] : behind(element.parentElement);
    const laid = colour[3] ? flat.map(under => over(colour, under)) : flat;
    const image = style.backgroundImage;
    const stops = image.includes("gradient") ? image.match(/(rgba?|color)\\([^)]*\\)/g) : [];
    const shades = stops.map(rgba);
    known.set(element, [...laid, ...shades.filter(shade => shade[3]).map(shade => over(shade, laid[0]))]);
    return known.get(element);
  };
"""

#: Text against the colours behind it, for what axe-core cannot decide: it gives up on gradients and on boxes
#: that scroll.
CONTRAST = (
    f"""() => {{{COLOURS}"""
    + """
  const found = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const told = new Set();
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || told.has(element)) continue;
    told.add(element);
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.closest(".pfpp-diagram, :disabled, [aria-disabled=true]")) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    for (const back of behind(element)) {
      const has = ratio(over(rgba(style.color), back), back);
      if (has < (large ? 3 : 4.5)) {
        const where = `${element.localName}.${element.className} in ${element.parentElement.className}`;
        found.add(`${where}: ${has.toFixed(2)}, ${style.color} on ${back.map(Math.round)}`);
      }
    }
  }
  return [...found];
}"""
)


def ready(page):
    """Bring axe-core into a page; once a page is loaded that is enough for all widths and modes."""
    page.evaluate(AXE_SCRIPT)


def violations(page):
    """Run all rules on the page as it stands; each fault with the element in which it is."""
    return page.evaluate(RUN, [TAGS, ALSO])


#: What is folded away is shown in no width or colour: mostly code, in some hundred elements for every line.
FOLDED = (
    """() => document.querySelectorAll("details:not([open]) > :not(summary)").forEach(one => one.remove())"""
)


def lighten(page):
    """Take out what is folded away, once all rules have looked at it: no width or colour changes it."""
    page.evaluate(FOLDED)


def unfold(page):
    """Open all that is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


def too_faint(page):
    """Find text that hardly stands out from what is behind it: under 4.5 to 1; where it is large, 3 to 1."""
    return page.evaluate(CONTRAST)


#: Pictures without words that say what is on them: no text, fewer than three words, or what the book builder
#: gives to the pictures of notebooks, the name of a file. And headers without any text.
WORDLESS = r"""() => {
  const file = /^\S*[/\\.]\S*$|\.(png|svg|jpe?g|gif|webp|pdf)\s*$/i;
  const poor = told => file.test(told) || told.split(/\s+/).length < 3;
  const pictures = [...document.querySelectorAll("img, object, [role=img], svg:not([aria-hidden=true])")]
    .filter(one => !one.closest("a, button, [aria-hidden=true]"))
    .filter(one => !one.parentElement.closest("[role=img], svg"))
    .filter(one => poor((one.getAttribute("alt") || one.getAttribute("aria-label") || "").trim()));
  const heads = [...document.querySelectorAll("th")].filter(one => !one.textContent.trim());
  return [...pictures, ...heads].map(one => one.outerHTML.slice(0, 150));
}"""


def wordless(page):
    """Find pictures, and headers of tables, that nobody can read out."""
    return page.evaluate(WORDLESS)
