// --- One approach against each other ------------------------------------------------------------------
const pairedTask = find("paired-task");
const pairedApproach = find("paired-approach");

const inPoints = share => {
  const text = Math.abs(100 * share).toFixed(1);
  return (Number(text) === 0 ? "" : share < 0 ? "−" : "+") + text;
};
const chanceOf = p => p < .0001 ? "< 0.0001" : p.toFixed(4);
const clear = pair => pair.p < .05 && pair.q < .05;

/** All pairs of which it is one, seen from it; the best of the others first. */
function seenFrom(one, name) {
  const own = one.approaches.indexOf(name);
  return one.pairs.filter(([a, b]) => a === own || b === own).map(([a, b, value, low, high, p, q]) => a === own
    ? {other: one.approaches[b], value, low, high, p, q}
    : {other: one.approaches[a], value: -value, low: -high, high: -low, p, q})
    .sort((x, y) => x.value - y.value);
}

/** From the least to the most of all intervals, zero among them. */
function drawnIn(cell, pair, least, most) {
  const mark = add(cell, "span", "", {class: "interval zeroed"});
  Object.entries({low: pair.low, value: pair.value, high: pair.high, zero: 0}).forEach(([end, share]) =>
    mark.style.setProperty("--" + end, (most > least ? 100 * (share - least) / (most - least) : 50).toFixed(1) + "%"));
}

function pairs() {
  const one = data.pairs.find(it => it.task === pairedTask.value);
  const name = pairedApproach.value;
  const seen = seenFrom(one, name);
  const [least, most] = [Math.min(0, ...seen.map(pair => pair.low)), Math.max(0, ...seen.map(pair => pair.high))];
  const box = find("paired");
  box.replaceChildren();
  const table = add(box, "table");
  add(table, "caption", `${name} less each other approach, ${one.task}`, {class: "unseen"});
  const head = add(add(table, "thead"), "tr");
  ["against", "difference, drawn", "difference, points", "p, bootstrap", "p, McNemar", "better"].forEach(title =>
    add(head, "th", title, {scope: "col"}));
  const body = add(table, "tbody");
  seen.forEach(pair => {
    const row = add(body, "tr", "", {class: clear(pair) ? "" : "missing"});
    add(row, "th", pair.other, {scope: "row"});
    drawnIn(add(row, "td", "", {class: "drawn", "aria-hidden": "true"}), pair, least, most);
    [["difference, points", `${inPoints(pair.value)} [${inPoints(pair.low)}, ${inPoints(pair.high)}]`],
      ["p, bootstrap", chanceOf(pair.p)], ["p, McNemar", chanceOf(pair.q)]]
      .forEach(([label, text]) => add(row, "td", text, {class: "number", "data-label": label}));
    add(row, "td", clear(pair) ? pair.value > 0 ? name : pair.other : "not told apart", {"data-label": "better"});
  });
}

function pairedApproaches() {
  const kept = pairedApproach.value;
  const names = data.pairs.find(it => it.task === pairedTask.value).approaches;
  pairedApproach.replaceChildren();
  names.forEach(name => add(pairedApproach, "option", name));
  pairedApproach.value = names.includes(kept) ? kept : names[0];
  pairs();
}

data.pairs.forEach(one => add(pairedTask, "option", one.task));
if (data.pairs.length) {
  pairedTask.addEventListener("change", pairedApproaches);
  pairedApproach.addEventListener("change", pairs);
  pairedApproaches();
} else {
  add(find("paired"), "p", "No suite here has comparisons yet: gnomon bench writes them, also under --report-only.", {class: "note"});
}
