"use strict";
// Compares this run with one that was saved before. The saved file is read in the browser and never leaves it.
(function (k) {
  const { h, useState } = k;
  const MAX_ROWS = 300;
  const SHOWN = [
    { key: "total_rps", title: "RPS", more: true },
    { key: "fail_ratio", title: "Fails", show: k.percent },
    { key: "p50", title: "Median" },
    { key: "p95", title: "95%" },
    { key: "p99", title: "99%" },
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

  k.ComparePanel = function () {
    const [pair, setPair] = useState(null);
    const [problem, setProblem] = useState(null);

    async function choose(event) {
      const file = event.target.files[0];
      if (!file) return;
      try {
        const saved = JSON.parse(await file.text());
        if (saved.katydid_run !== 1 || !Array.isArray(saved.rows)) throw new Error("not a saved run");
        setPair({ saved, now: await k.get("api/run"), name: file.name });
        setProblem(null);
      } catch (error) {
        setProblem(
          `${file.name} cannot be compared (${error.message}). Choose a file saved with "This run, to compare with later".`,
        );
      }
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
      h("h2", null, "Compare with a saved run"),
      h(
        "p",
        { class: "bar" },
        h("input", {
          type: "file",
          accept: ".json,application/json",
          "aria-label": "Saved run",
          onChange: choose,
        }),
      ),
      problem && h("p", { class: "error", role: "alert" }, problem),
      pair &&
        h(
          "p",
          { class: "quiet" },
          `Saved: ${pair.name}, ${new Date(pair.saved.start_time * 1000).toLocaleString()}, ${pair.saved.users ?? "?"} users. Largest change of the 95th percentile first.` +
            (gone ? ` ${gone} rows of the saved run do not occur in this one.` : ""),
        ),
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
                  h("th", { scope: "row", class: "name" }, now.method, " ", now.name),
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
