// --- What was taken for what --------------------------------------------------------------------------
const taskChoice = find("confused-task");
const firstChoice = find("confused-first");
const secondChoice = find("confused-second");

const ofTask = () => data.confusions.filter(one => one.task === taskChoice.value);
const sum = numbers => numbers.reduce((a, b) => a + b, 0);
const percent = (part, all) => all ? (100 * part / all).toFixed(1) + "%" : "–";

function approaches() {
  const names = ofTask().map(one => one.approach);
  [firstChoice, secondChoice].forEach(choice => {
    choice.replaceChildren();
    names.forEach(name => add(choice, "option", name));
  });
  secondChoice.selectedIndex = Math.min(names.length - 1, names.findIndex(name => !["teacher", "constant"].includes(name)));
  if (secondChoice.selectedIndex < 0) {
    secondChoice.selectedIndex = names.length - 1;
  }
  confusions();
}

function matrix(parent, one) {
  const table = add(parent, "table", "", {class: "matrix"});
  add(table, "caption", "gold by predicted, with the share of each gold class", {class: "unseen"});
  const head = add(add(table, "thead"), "tr");
  add(head, "td", "gold \\ predicted").style.textAlign = "left";
  one.classes.forEach(name => add(head, "th", name, {scope: "col"}));
  const body = add(table, "tbody");
  one.counts.forEach((counts, k) => {
    const row = add(body, "tr");
    add(row, "th", one.classes[k], {scope: "row"});
    const all = sum(counts);
    counts.forEach((count, j) => {
      const share = all ? count / all : 0;
      const cell = add(row, "td", percent(count, all), k === j ? {class: "own"} : {});
      cell.style.backgroundColor = `rgb(var(--heat) / ${Math.round(85 * share)}%)`;
      cell.style.color = share > .55 ? "var(--on-chosen)" : "";
      add(cell, "small", count.toLocaleString("en"));
    });
  });
}

/** Of several labels a text there is no matrix: each label by itself. */
function labels(parent, one) {
  const table = add(parent, "table");
  const head = add(add(table, "thead"), "tr");
  ["label", "right", "wrongly given", "missed", "precision", "recall", "F1"].forEach(name => add(head, "th", name, {scope: "col"}));
  const body = add(table, "tbody");
  one.labels.forEach(([right, wrong, missed], k) => {
    const row = add(body, "tr");
    add(row, "th", one.classes[k], {scope: "row"});
    [right, wrong, missed].forEach(count => add(row, "td", count.toLocaleString("en"), {class: "number"}));
    [[right, right + wrong], [right, right + missed], [2 * right, 2 * right + wrong + missed]].forEach(([part, all]) =>
      add(row, "td", percent(part, all), {class: "number"}));
  });
}

function confusions() {
  find("matrices").replaceChildren();
  [firstChoice.value, secondChoice.value].forEach((name, i, both) => {
    const one = ofTask().find(it => it.approach === name);
    if (!one || i === 1 && both[0] === name) {
      return;
    }
    const part = add(find("matrices"), "div");
    add(part, "h3", name + (one.seeds > 1 ? `, ${one.seeds} seeds together` : ""));
    const box = add(part, "div", "", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Confusions of " + name});
    one.counts ? matrix(box, one) : labels(box, one);
  });
}

[...new Set(data.confusions.map(one => one.task))].forEach(task => add(taskChoice, "option", task));
if (taskChoice.options.length) {
  taskChoice.addEventListener("change", approaches);
  [firstChoice, secondChoice].forEach(choice => choice.addEventListener("change", confusions));
  approaches();
} else {
  add(find("matrices"), "p", "No suite here keeps predictions.", {class: "note"});
}
