// --- Curves ----------------------------------------------------------------------------------------
/** Okabe and Ito's colours (2008), without yellow; after the last comes the ink. */
const ON_LIGHT = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
/** The same hues, light enough on dark paper. */
const ON_DARK = ["#4a9fe0", "#f0813a", "#2cc296", "#e39cc6", "#f0b84a", "#a3dcf8"];
const dark = matchMedia("(prefers-color-scheme: dark)");
const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
const SHOWN = 7;
// No share is below nothing, whatever room the curve is given.
const SHARE = {max: 100, afterDataLimits: scale => { scale.min = Math.max(0, scale.min); }};
const PANELS = [
  {title: "α on noise", unit: "rad", axis: {min: 0}, main: "alpha", floor: "alpha_floor", says: "dashed: its floor α₀, a constant’s"},
  {title: "α on text", unit: "rad", axis: {min: 0}, main: "alpha_text", floor: "alpha_text_floor", says: "dashed: its floor α₀, a constant’s"},
  {title: "‖h‖", unit: "", main: "norm_h", floor: "norm_g", says: "dashed: ‖g‖"},
  {title: "c", unit: "", main: "c", floor: "c_star", says: "dashed: c*"},
  {title: "Agreement on noise", unit: "%", axis: SHARE, main: "agreement_noise", floor: "agreement_noise_floor", says: "dashed: a constant’s"},
  {title: "Agreement on text", unit: "%", axis: SHARE, main: "agreement_text", floor: "agreement_text_floor", says: "dashed: a constant’s"}
];

let charts = [];
let chosen = []; // series of the scope, each {series, colour, drawn}
let filtered = data.runs.map((name, i) => i);
let following = false;

const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colourOf = i => (dark.matches ? ON_DARK : ON_LIGHT)[i % SHOWN] ?? css("--ink");
const reduced = (value, panel) => panel.unit === "%" ? 100 * value : value;

function pointsOf(curve, panel, side) {
  return curve.steps.map((step, i) => ({x: step, y: reduced(curve.mean[i] + side * (curve.half?.[i] ?? 0), panel)}));
}

function lineOf(entry, curve, panel, dash, width) {
  return {
    label: entry.series.label, data: pointsOf(curve, panel, 0), borderColor: entry.colour, backgroundColor: entry.colour,
    borderWidth: width, borderDash: dash, pointRadius: curve.steps.length > 60 ? 0 : 1.6, pointHitRadius: 8
  };
}

/** Drawn below all lines. A band is two lines without ink, the second filled up to the first. */
function bandOf(entry, curve, panel) {
  const edge = {borderWidth: 0, pointRadius: 0, pointHitRadius: 0, band: true, order: 2};
  return [
    {...edge, data: pointsOf(curve, panel, -1), fill: false},
    {...edge, data: pointsOf(curve, panel, 1), fill: "-1", backgroundColor: entry.colour + "33"}
  ];
}

function datasetsOf(panel) {
  return chosen.filter(entry => entry.drawn).flatMap(entry => {
    const main = entry.series.curves[panel.main];
    const floor = entry.series.curves[panel.floor];
    return [
      ...(main?.half ? bandOf(entry, main, panel) : []),
      ...(main ? [lineOf(entry, main, panel, entry.dash, 2)] : []),
      ...(floor ? [{...lineOf(entry, floor, panel, [4, 4], 1.2), pointRadius: 0, floor: true, order: 1}] : [])
    ];
  });
}

function axis(title, more) {
  return {
    title: {display: true, text: title, color: css("--soft")}, ticks: {color: css("--soft"), maxRotation: 0},
    grid: {color: css("--line")}, border: {color: css("--line")}, ...more
  };
}

function follow(source) {
  if (following) {
    return;
  }
  following = true;
  const {min, max} = source.scales.x;
  charts.filter(chart => chart !== source).forEach(chart => chart.zoomScale("x", {min, max}, "none"));
  following = false;
  showValues();
}

function tooltipLine(item, panel) {
  const entry = chosen.find(one => one.series.label === item.dataset.label);
  const floor = item.dataset.floor;
  const curve = entry.series.curves[floor ? panel.floor : panel.main];
  const half = curve.half ? " ± " + number(reduced(curve.half[item.dataIndex], panel), panel) : "";
  return `${item.dataset.label}${floor ? ", dashed" : ""}: ${number(item.parsed.y, panel)}${half}`;
}

const number = (value, panel) => value.toFixed(panel.unit === "%" ? 1 : 4);

function optionsOf(panel, steps) {
  return {
    animation: false, responsive: true, maintainAspectRatio: false, normalized: true,
    interaction: {mode: "nearest", axis: "x", intersect: false},
    scales: {
      x: axis("step", {type: "linear", min: 0, max: steps}),
      y: axis(panel.unit, {grace: "4%", ...panel.axis})
    },
    plugins: {
      legend: {display: false},
      tooltip: {
        filter: item => !item.dataset.band,
        callbacks: {title: items => items.length ? "step " + items[0].parsed.x : "", label: item => tooltipLine(item, panel)}
      },
      zoom: {
        limits: {x: {min: 0, max: steps, minRange: Math.max(1, steps / 200)}},
        zoom: {
          mode: "xy", drag: {enabled: true, backgroundColor: "rgb(127 127 127 / 25%)"}, pinch: {enabled: true},
          wheel: {enabled: true, modifierKey: "ctrl"}, onZoomComplete: ({chart}) => follow(chart)
        },
        pan: {
          enabled: true, mode: "xy", modifierKey: null, onPanComplete: ({chart}) => follow(chart),
          onPanStart: ({chart, event}) => chart.isZoomedOrPanned() && (event.pointerType === "touch" || event.srcEvent?.shiftKey)
        }
      }
    }
  };
}

function draw() {
  charts.forEach(chart => chart.destroy());
  find("panels").replaceChildren();
  const steps = Math.max(1, ...chosen.flatMap(entry => Object.values(entry.series.curves).map(curve => curve.steps.at(-1))));
  charts = PANELS.map(panel => ({panel, datasets: datasetsOf(panel)})).filter(it => it.datasets.length)
    .map(({panel, datasets}) => {
      const figure = add(find("panels"), "figure");
      const caption = add(figure, "figcaption", panel.title + " ");
      add(caption, "span", panel.says);
      const names = chosen.filter(entry => entry.drawn).map(entry => entry.series.label).join(", ");
      const canvas = add(add(figure, "div", "", {class: "canvas"}), "canvas", "", {
        tabindex: "0", role: "img", "aria-label": `${panel.title} against steps: ${names}. The values stand below the curves.`
      });
      canvas.addEventListener("keydown", zoomByKey);
      return new Chart(canvas, {type: "line", data: {datasets}, options: optionsOf(panel, steps)});
    });
  if (!charts.length) {
    add(find("panels"), "p", "No run here has two rows of a trace, or none is chosen.", {class: "note"});
  }
  showValues();
}

// --- Zooming all of them at once --------------------------------------------------------------------
const ZOOMS = {
  in: chart => chart.zoom({x: 1.5}, "none"),
  out: chart => chart.zoom({x: 0}, "none"), // twice the range, as 1.5 is half of it
  left: chart => chart.pan({x: chart.chartArea.width / 4}, undefined, "none"),
  right: chart => chart.pan({x: -chart.chartArea.width / 4}, undefined, "none"),
  whole: chart => chart.resetZoom("none")
};
const KEYS = {"+": "in", "=": "in", "-": "out", ArrowLeft: "left", ArrowRight: "right", 0: "whole"};

function zoomAll(way) {
  if (way === "whole") {
    charts.forEach(ZOOMS.whole);
    showValues();
  } else if (charts.length) {
    ZOOMS[way](charts[0]);
    follow(charts[0]);
  }
}

function zoomByKey(event) {
  if (KEYS[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    zoomAll(KEYS[event.key]);
  }
}

document.querySelectorAll("[data-zoom]").forEach(button =>
  button.addEventListener("click", () => zoomAll(button.dataset.zoom)));

// --- What is drawn ----------------------------------------------------------------------------------
function choose() {
  const scope = find("scope").value;
  const inScope = scope === "*"
    ? data.series.filter(one => one.runs.some(run => filtered.includes(run)))
    : data.series.filter(one => one.scope === scope);
  chosen = inScope.map((series, i) => ({
    series: scope === "*" ? {...series, label: series.scope + "/" + series.label} : series,
    colour: colourOf(i), dash: DASHES[Math.floor(i / SHOWN) % DASHES.length], drawn: i < SHOWN
  }));
  const legend = find("legend");
  legend.replaceChildren(legend.firstElementChild);
  chosen.forEach(entry => {
    const label = add(legend, "label");
    const box = add(label, "input", "", {type: "checkbox"});
    box.checked = entry.drawn;
    box.addEventListener("change", () => {
      entry.drawn = box.checked;
      draw();
    });
    const swatch = add(label, "span", "", {class: "swatch", "aria-hidden": "true"});
    swatch.style.borderTopColor = entry.colour;
    swatch.style.borderTopStyle = entry.dash.length ? "dashed" : "solid";
    add(label, "span", entry.series.label);
  });
  draw();
}

/** The last point that is in sight, of each curve drawn. */
function showValues() {
  const box = find("values").querySelector("div");
  box.replaceChildren();
  const table = add(box, "table");
  const head = add(add(table, "thead"), "tr");
  const panels = PANELS.filter(panel => chosen.some(entry => entry.series.curves[panel.main]));
  ["curve", "step", ...panels.flatMap(panel => [panel.title + (panel.unit ? ", " + panel.unit : ""), panel.says.replace("dashed: ", "")])]
    .forEach(title => add(head, "th", title, {scope: "col"}));
  const body = add(table, "tbody");
  const end = charts.length ? charts[0].scales.x.max : Infinity;
  chosen.filter(entry => entry.drawn).forEach(entry => {
    const row = add(body, "tr");
    add(row, "th", entry.series.label, {scope: "row"});
    const any = Object.values(entry.series.curves)[0];
    add(row, "td", any ? any.steps.filter(step => step <= end).at(-1) ?? "–" : "–", {class: "number"});
    panels.forEach(panel => [panel.main, panel.floor].forEach(key =>
      add(row, "td", lastOf(entry.series.curves[key], panel, end), {class: "number"})));
  });
}

function lastOf(curve, panel, end) {
  const last = curve ? curve.steps.findLastIndex(step => step <= end) : -1;
  if (last < 0) {
    return "–";
  }
  const half = curve.half ? " ± " + number(reduced(curve.half[last], panel), panel) : "";
  return number(reduced(curve.mean[last], panel), panel) + half;
}

add(find("scope"), "option", "what the filter of the runs shows", {value: "*"});
[...new Set(data.series.map(one => one.scope))].forEach(scope => add(find("scope"), "option", scope));
find("scope").selectedIndex = find("scope").options.length > 1 ? 1 : 0;
find("scope").addEventListener("change", choose);
filterListeners.push(runs => {
  filtered = runs;
  if (find("scope").value === "*") {
    choose();
  }
});
dark.addEventListener("change", choose);
choose();
filterRuns();
