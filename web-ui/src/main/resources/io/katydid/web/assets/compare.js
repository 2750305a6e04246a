"use strict";
// Compares this run with an earlier one of this server, or with one that was saved. A saved file is read in the browser
// and never leaves it.
(function (k) {
  const { h, useState, useEffect, useRef } = k;
  const MAX_ROWS = 300;
  const SHOWN = [
    { key: "total_rps", title: "RPS", more: true, show: k.rate },
    { key: "fail_ratio", title: "Fails", show: k.percent },
    { key: "p50", title: "Median, ms", show: k.millis },
    { key: "p95", title: "95%, ms", show: k.millis },
    { key: "p99", title: "99%, ms", show: k.millis },
  ];

  const change = (before, now) => (before ? (now - before) / before : now ? Infinity : 0);

  function Cell({ column, before, now }) {
    const show = column.show || k.number;
    const by = change(before, now);
    const worse = column.more ? by < -0.05 : by > 0.05;
    const better = column.more ? by > 0.05 : by < -0.05;
    const percent = Number.isFinite(by)
      ? (by >= 0 ? "+" : "−") + k.number(Math.round(Math.abs(by) * 100)) + "%"
      : "new";
    return h(
      "td",
      { class: "n " + (worse ? "bad" : better ? "good" : "") },
      show(now),
      h("small", { class: "quiet" }, " was ", show(before)),
      (worse || better) && h("small", null, worse ? " worse " : " better ", percent),
    );
  }

  function Overlay({ pair }) {
    const box = useRef(null);
    const [theme, setTheme] = useState(k.theme());
    useEffect(() => k.onTheme(setTheme), []);
    useEffect(() => {
      const { saved, now } = pair;
      const at = now.timeline.percentiles.indexOf(0.95);
      const same = String(saved.timeline?.percentiles) === String(now.timeline.percentiles);
      return k.overlay(
        box.current,
        [
          { title: "before", points: saved.timeline?.points || [] },
          { title: "now", points: now.timeline.points },
        ],
        same ? at : -1,
      );
    }, [pair, theme]);
    return h("div", { ref: box, class: "charts", key: pair.saved.start_time });
  }

  k.ComparePanel = function () {
    const [pair, setPair] = useState(null);
    const [problem, setProblem] = useState(null);

    const [earlier, setEarlier] = useState([]);
    useEffect(() => {
      k.get("api/runs").then(
        (read) => setEarlier(read.runs),
        () => setEarlier([]),
      );
    }, []);

    async function compare(name, read) {
      try {
        const saved = await read();
        if (saved.katydid_run !== 1 || !Array.isArray(saved.rows)) throw new Error("not a saved run");
        setPair({ saved, now: await k.get("api/run"), name });
        setProblem(null);
      } catch (error) {
        setProblem(`${name} cannot be compared (${error.message}). Choose a file saved with "This run".`);
      }
    }
    function chooseFile(event) {
      const file = event.target.files[0];
      if (file) compare(file.name, async () => JSON.parse(await file.text()));
    }
    function chooseEarlier(event) {
      const run = earlier[event.target.value];
      if (run) compare("The earlier run", () => k.get("api/run?start_time=" + run.start_time));
    }

    let rows = [];
    let gone = 0;
    if (pair) {
      const before = new Map(pair.saved.rows.map((row) => [row.method + "\n" + row.name, row]));
      const names = new Set(pair.now.rows.map((row) => row.method + "\n" + row.name));
      gone = pair.saved.rows.filter((row) => !names.has(row.method + "\n" + row.name)).length;
      rows = pair.now.rows
        .map((row) => ({ now: row, before: before.get(row.method + "\n" + row.name) || {} }))
        .sort((a, b) => Math.abs(change(b.before.p95, b.now.p95)) - Math.abs(change(a.before.p95, a.now.p95)))
        .slice(0, MAX_ROWS);
      rows.push({ now: { ...pair.now.total, name: "Aggregated" }, before: pair.saved.total, sum: true });
    }
    return h(
      "div",
      { class: "compare" },
      h("h2", null, "Compare with another run"),
      h(
        "div",
        { class: "bar" },
        earlier.length > 0 &&
          h(
            "select",
            { "aria-label": "Earlier run", onChange: chooseEarlier },
            h("option", { value: "" }, "An earlier run of this server"),
            earlier.map((run, i) =>
              h(
                "option",
                { value: i },
                `${k.clock(run.start_time)}, ${run.users ?? "?"} users, ${k.number(run.requests)} requests`,
              ),
            ),
          ),
        h("input", {
          type: "file",
          accept: ".json,application/json",
          "aria-label": "Saved run",
          onChange: chooseFile,
        }),
      ),
      !pair &&
        h(
          "p",
          { class: "quiet" },
          "Choose a file saved with “This run”. The last runs of this server need no file: they are offered here when the next one has begun.",
        ),
      problem && h("p", { class: "error", role: "alert" }, problem),
      pair &&
        h(
          "p",
          { class: "quiet" },
          `${pair.name}: ${new Date(pair.saved.start_time * 1000).toLocaleString()}, ${pair.saved.users ?? "?"} users. Largest change of the 95th percentile first.` +
            (gone ? ` ${gone} rows of the saved run do not occur in this one.` : ""),
        ),
      pair && h(Overlay, { pair }),
      pair &&
        h(
          "div",
          { class: "scroll", tabIndex: 0, role: "region", "aria-label": "Comparison" },
          h(
            "table",
            null,
            h(
              "thead",
              null,
              h(
                "tr",
                null,
                h("th", { scope: "col" }, "Name"),
                SHOWN.map((column) => h("th", { scope: "col", class: "n" }, column.title)),
              ),
            ),
            h(
              "tbody",
              null,
              rows.map(({ now, before, sum }) =>
                h(
                  "tr",
                  { class: sum ? "sum" : "" },
                  h("th", { scope: "row", class: "wrap" }, now.method, " ", h("bdi", null, now.name)),
                  SHOWN.map((column) =>
                    h(Cell, { column, before: before[column.key] ?? 0, now: now[column.key] }),
                  ),
                ),
              ),
            ),
          ),
        ),
    );
  };
})(self.katydid);
