// Latin prose that a reader sees in a page of another language, outside what is marked as English.

/**
 * Runs in the page: every word of three letters or more that can be seen, or is read aloud, and is neither marked as
 * another language nor among `names`, with where it stands.
 */
export function latinProse(names) {
  const known = new Set(names);
  const found = new Map();
  const word = /[A-Za-zÀ-ž][A-Za-zÀ-ž'’]{2,}/g;
  const marked = (element) => element.closest("[lang]")?.getAttribute("lang") === "en";
  const hear = (text, element) => {
    if (marked(element)) return;
    // A code or a file's name is no prose: us-china-2017, results.json, world_share.
    const plain = text.replace(/[\w./@+-]*[\w][-_.@/+\d][\w][\w./@+-]*/g, (code) =>
      /[-_/@\d]|\.[a-z]/.test(code) ? " " : code,
    );
    for (const [w] of plain.matchAll(word)) if (!known.has(w)) found.set(w, text.trim().slice(0, 160));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: at } = walker.currentNode;
    if (!at || !data.trim() || at.closest("script, style, textarea, noscript, code, [hidden]")) continue;
    if (!at.checkVisibility() && !at.closest("option, details")) continue;
    hear(data, at);
  }
  for (const at of document.querySelectorAll("[aria-label], [title], [aria-valuetext]"))
    for (const name of ["aria-label", "title", "aria-valuetext"])
      if (at.hasAttribute(name) && at.checkVisibility()) hear(at.getAttribute(name), at);
  return [...found].map(([w, text]) => `${w}: ${text}`);
}
