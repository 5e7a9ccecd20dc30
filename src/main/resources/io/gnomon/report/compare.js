// --- Two runs side by side ----------------------------------------------------------------------------
const sides = [find("first"), find("second")];

function compareColumns(title, columns, whole) {
  const [a, b] = sides.map(side => Number(side.value));
  const rows = Object.keys(columns)
    .map(key => [key, valueOf(columns, key, a), valueOf(columns, key, b)])
    .filter(([key, x, y]) => x !== y || whole && x !== undefined);
  const box = find("differences");
  add(box, "h3", title);
  if (!rows.length) {
    add(box, "p", "No difference.", {class: "note"});
    return;
  }
  const table = add(box, "table");
  const head = add(add(table, "thead"), "tr");
  ["", "A", "B"].forEach(name => add(head, "th", name, {scope: "col"}));
  const body = add(table, "tbody");
  rows.forEach(([key, x, y]) => {
    const row = add(body, "tr", "", x !== y && whole ? {class: "differs"} : {});
    add(row, "th", key, {scope: "row"});
    add(row, "td", x ?? "–", {"data-label": "A"});
    add(row, "td", y ?? "–", {"data-label": "B"});
  });
}

function compareRuns() {
  const same = sides[0].value === sides[1].value;
  const whole = find("whole").checked || same;
  find("differences").replaceChildren();
  compareColumns("Configuration", data.settings, whole);
  compareColumns("Figures", data.figures, whole);
  compareColumns("Provenance", data.facts, whole);
}

if (data.runs.length) {
  sides.forEach((side, i) => {
    data.runs.forEach((name, run) => add(side, "option", name, {value: run}));
    side.selectedIndex = Math.min(i, data.runs.length - 1);
    side.addEventListener("change", compareRuns);
  });
  find("whole").addEventListener("change", compareRuns);
  document.querySelectorAll("[data-show]").forEach(button =>
    button.addEventListener("click", () => {
      sides[1].value = sides[0].value;
      sides[0].value = button.dataset.show;
      compareRuns();
      find("compare").scrollIntoView();
      sides[0].focus({preventScroll: true});
    }));
  compareRuns();
}
