// Everything that comes from the document gets into the page as text or as numbers, never as markup.
const { name, pictures, result } = JSON.parse(document.getElementById("data").textContent);
const SVG = "http://www.w3.org/2000/svg";
// From large to small, so that what is small lies above and can be pointed at.
const KINDS = {
  tables: "#d9480f", cells: "#f08c00", figures: "#c2255c", paragraphs: "#2f6fde", keys: "#1864ab", values: "#2b8a3e",
  lines: "#8f5fd0", words: "#0f9d77", marks: "#087f5b", barcodes: "#5c3d2e",
};
const SHOWN = ["paragraphs", "tables", "cells", "figures", "marks", "keys", "values"];

const shapes = [];
const add = (kind, thing, title, regions, spans) => {
  for (const region of regions ?? []) {
    shapes.push({ kind, title, text: thing.content ?? thing.value ?? "", confidence: thing.confidence,
      page: region.pageNumber, polygon: region.polygon, spans });
  }
};
const onPage = (page, thing) => thing.polygon ? [{ pageNumber: page.pageNumber, polygon: thing.polygon }] : [];

for (const one of result.paragraphs ?? []) add("paragraphs", one, one.role ?? "paragraph", one.boundingRegions, one.spans);
for (const page of result.pages) {
  for (const one of page.lines ?? []) add("lines", one, "line", onPage(page, one), one.spans);
  for (const one of page.words ?? []) add("words", one, "word", onPage(page, one), [one.span]);
  for (const one of page.selectionMarks ?? []) add("marks", one, one.state, onPage(page, one), [one.span]);
  for (const one of page.barcodes ?? []) add("barcodes", one, one.kind, onPage(page, one), [one.span]);
}
for (const one of result.tables ?? []) {
  add("tables", one, `table of ${one.rowCount} by ${one.columnCount}`, one.boundingRegions, one.spans);
  for (const cell of one.cells) {
    add("cells", cell, `${cell.kind ?? "content"} ${cell.rowIndex}, ${cell.columnIndex}`, cell.boundingRegions, cell.spans);
  }
}
for (const one of result.figures ?? []) {
  add("figures", { content: one.caption?.content ?? "" }, `figure ${one.id}`, one.boundingRegions, one.spans);
}
for (const one of result.keyValuePairs ?? []) {
  const known = { confidence: one.confidence };
  add("keys", { ...one.key, ...known }, "key", one.key.boundingRegions, one.key.spans);
  if (one.value) add("values", { ...one.value, ...known }, `value of ${one.key.content}`, one.value.boundingRegions, one.value.spans);
}

const content = document.getElementById("content");
const hint = document.getElementById("hint");
const chosen = new Set();

function show(spans) {
  content.replaceChildren();
  let end = 0, first = null;
  for (const span of [...spans].sort((a, b) => a.offset - b.offset)) {
    content.append(result.content.slice(end, span.offset));
    const mark = document.createElement("mark");
    mark.textContent = result.content.slice(span.offset, end = span.offset + span.length);
    content.append(mark);
    first ??= mark;
  }
  content.append(result.content.slice(end));
  first?.scrollIntoView({ block: "nearest" });
}

function explain(event, shape) {
  const title = document.createElement("b");
  title.textContent = shape.confidence === undefined ? shape.title : `${shape.title}, confidence ${shape.confidence}`;
  hint.replaceChildren(title, shape.text);
  hint.hidden = false;
  hint.style.left = `${Math.min(event.clientX + 14, innerWidth - 430)}px`;
  hint.style.top = `${Math.min(event.clientY + 14, innerHeight - 120)}px`;
}

const groups = new Map(Object.keys(KINDS).map((kind) => [kind, []]));

function drawn(page) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  for (const [kind, all] of groups) {
    const group = document.createElementNS(SVG, "g");
    group.dataset.kind = kind;
    group.style.setProperty("--kind", KINDS[kind]);
    for (const shape of shapes.filter((one) => one.kind === kind && one.page === page.pageNumber)) {
      const polygon = document.createElementNS(SVG, "polygon");
      polygon.setAttribute("points", shape.polygon.join(" "));
      polygon.addEventListener("mousemove", (event) => explain(event, shape));
      polygon.addEventListener("mouseleave", () => { hint.hidden = true; });
      polygon.addEventListener("click", () => {
        for (const one of chosen) one.classList.remove("chosen");
        chosen.clear();
        chosen.add(polygon);
        polygon.classList.add("chosen");
        show(shape.spans);
      });
      group.append(polygon);
    }
    all.push(group);
    svg.append(group);
  }
  return svg;
}

const pages = document.getElementById("pages");
for (const page of result.pages) {
  const figure = document.createElement("figure");
  const picture = pictures[page.pageNumber];
  if (picture && page.width) {
    const image = document.createElement("img");
    image.src = `data:image/png;base64,${picture}`;
    image.alt = `Page ${page.pageNumber}`;
    figure.append(image, drawn(page));
  } else {
    figure.className = "blank";
    figure.textContent = `Page ${page.pageNumber} has no picture.`;
  }
  pages.append(figure);
}

const toggles = document.getElementById("toggles");
for (const [kind, all] of groups) {
  const count = shapes.filter((one) => one.kind === kind).length;
  if (!count) continue;
  const label = document.createElement("label");
  const box = document.createElement("input");
  const sample = document.createElement("i");
  box.type = "checkbox";
  box.name = kind;
  box.checked = SHOWN.includes(kind);
  sample.style.setProperty("--kind", KINDS[kind]);
  const apply = () => { for (const group of all) group.toggleAttribute("hidden", !box.checked); };
  box.addEventListener("change", apply);
  label.append(box, sample, `${kind} (${count})`);
  toggles.append(label, " ");
  apply();
}

document.title = `${name} - Ephemera`;
document.getElementById("name").textContent = name;
document.getElementById("facts").textContent = `${result.modelId}, ${result.pages.length} page(s)`;
show([]);
