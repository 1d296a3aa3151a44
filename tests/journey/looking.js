// What a reader with a keyboard, a screen reader or weak eyes would stumble over; each a sentence.
const found = [];
const say = (what, node) => found.push(`${what}: ${node.outerHTML.slice(0, 90)}`);
const all = (css) => [...document.querySelectorAll(css)];
const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;

if (all("h1").length !== 1) found.push(`${all("h1").length} h1`);
let level = 0;
for (const node of all("h1, h2, h3, h4").filter(shown)) {
  const now = Number(node.tagName[1]);
  if (now > level + 1) say("heading leaps", node);
  level = now;
}
if (all("main").length !== 1) found.push("no main");
if (!document.documentElement.lang) found.push("no language");
for (const node of all("img:not([alt])")) say("no alt", node);
for (const node of all("nav:not([aria-label])")) say("no name", node);
for (const node of all("input:not([type=hidden]), select, textarea")) {
  if (!node.labels.length && !node.ariaLabel) say("no label", node);
}
for (const node of all("a, button, summary").filter(shown)) {
  if (!node.textContent.trim() && !node.ariaLabel && !node.querySelector("img[alt]:not([alt=''])")) say("no words", node);
  if (getComputedStyle(node).display === "inline") continue; // a link in a sentence
  const box = node.getBoundingClientRect();
  if (box.height < 20 || box.width < 20) say(`small ${Math.round(box.width)}x${Math.round(box.height)}`, node);
}
const ids = all("[id]").map((node) => node.id);
for (const id of new Set(ids)) if (ids.filter((each) => each === id).length > 1) found.push(`id twice: ${id}`);
for (const node of all("[aria-labelledby]")) {
  if (!document.getElementById(node.getAttribute("aria-labelledby"))) say("labelled by nothing", node);
}
for (const node of all("table")) if (!node.querySelector("th[scope]")) say("no heads", node);
if (document.scrollingElement.scrollWidth > innerWidth) found.push(`wider than the screen: ${document.scrollingElement.scrollWidth}`);

const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
function colour(text) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = text;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
}
function behind(node) {
  for (let at = node; at; at = at.parentElement) {
    const [r, g, b, a] = colour(getComputedStyle(at).backgroundColor);
    if (a > 250) return [r, g, b];
  }
  return [255, 255, 255];
}
const light = (rgb) => rgb.map((one) => one / 255)
  .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
  .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !shown(node) || node.closest(".skip, .unseen, script, option")) continue;
  const style = getComputedStyle(node);
  const [front, back] = [light(colour(style.color).slice(0, 3)), light(behind(node))].sort((one, two) => two - one);
  const ratio = (front + 0.05) / (back + 0.05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (size < 14) say(`letters of ${size}px`, node);
  if (ratio < (large ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, node);
}
return found;
