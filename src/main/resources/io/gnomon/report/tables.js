"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const find = id => document.getElementById(id);

/** A new element with a text, below a parent. */
function add(parent, name, text = "", attributes = {}) {
  const made = parent.appendChild(document.createElement(name));
  made.textContent = text;
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

/** What a run has for a key, or undefined. */
function valueOf(columns, key, run) {
  return columns[key].values[columns[key].at[run]];
}

// --- Sorting ---------------------------------------------------------------------------------------
function sortKey(row, column) {
  const cell = row.cells[column];
  return cell.dataset.sort ?? cell.textContent;
}

/** What was not measured comes last whichever way. */
function compareRows(a, b, column, sign) {
  const [x, y] = [sortKey(a, column), sortKey(b, column)];
  if (x === "" || y === "") {
    return (x === "") - (y === "");
  }
  const [m, n] = [Number(x), Number(y)];
  return sign * (isNaN(m) || isNaN(n) ? x.localeCompare(y, "en", {numeric: true}) : m - n);
}

function sortTable(table, column, way) {
  const sign = way === "ascending" ? 1 : -1;
  const rows = [...table.tBodies[0].rows];
  rows.sort((a, b) => compareRows(a, b, column, sign));
  table.tBodies[0].append(...rows);
  [...table.tHead.rows[0].cells].forEach((head, i) =>
    i === column ? head.setAttribute("aria-sort", way) : head.removeAttribute("aria-sort"));
}

document.querySelectorAll("table.sorted").forEach(table =>
  table.querySelectorAll("button.sort").forEach((button, column) =>
    button.addEventListener("click", () => {
      const up = button.parentElement.getAttribute("aria-sort") !== "ascending";
      sortTable(table, column, up ? "ascending" : "descending");
    })));

// --- The list of runs -------------------------------------------------------------------------------
const runsTable = find("runs-table");
const runRows = [...runsTable.tBodies[0].rows];
const filterListeners = [];

[...new Set(runRows.map(row => row.dataset.experiment))].forEach(name => add(find("experiment"), "option", name));
runsTable.querySelectorAll("button.sort").forEach((button, i) => {
  add(find("sort"), "option", button.textContent + " ▲", {value: i + " ascending"});
  add(find("sort"), "option", button.textContent + " ▼", {value: i + " descending"});
});
find("sort").addEventListener("change", () => {
  const [column, way] = find("sort").value.split(" ");
  sortTable(runsTable, Number(column), way);
});

/** A setting is named by its whole key or by its end. */
function hasSetting(run, word) {
  const [wanted, value] = word.split(/=(.*)/s);
  return Object.keys(data.settings).some(key =>
    ("." + key).toLowerCase().endsWith("." + wanted) && (valueOf(data.settings, key, run) ?? "").toLowerCase() === value);
}

function matches(row) {
  const text = row.textContent.toLowerCase();
  return find("words").value.toLowerCase().split(/\s+/).filter(word => word).every(word =>
    /^[a-z0-9_.-]+=./.test(word) ? hasSetting(row.dataset.run, word) : text.includes(word))
    && ["", row.dataset.experiment].includes(find("experiment").value)
    && ["", row.dataset.state].includes(find("state").value);
}

function filterRuns() {
  runRows.forEach(row => row.hidden = !matches(row));
  const shown = runRows.filter(row => !row.hidden);
  find("count").textContent = `${shown.length} of ${runRows.length} runs.`;
  filterListeners.forEach(listener => listener(shown.map(row => Number(row.dataset.run))));
}

find("filter").addEventListener("submit", event => event.preventDefault());
find("filter").addEventListener("input", filterRuns);
document.querySelectorAll("[data-experiment].link").forEach(button =>
  button.addEventListener("click", () => {
    find("experiment").value = button.dataset.experiment;
    filterRuns();
    find("runs").scrollIntoView();
    find("words").focus({preventScroll: true});
  }));
