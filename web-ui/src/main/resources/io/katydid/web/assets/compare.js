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

  /** By which share a figure has changed; null where one of both is not known. */
  function change(before, now) {
    if (before === undefined || before === null || now === undefined || now === null) return null;
    return before ? (now - before) / before : now ? Infinity : 0;
  }

  /** The most users of a run at a time, or null if nobody knows. */
  function mostUsers(run) {
    const points = run.timeline?.points || [];
    return points.length ? Math.max(...points.map((point) => point.users)) : (run.users ?? null);
  }

  /** @param judged false where more or less is no merit of the tested system */
  function Cell({ column, before, now, judged }) {
    const by = change(before, now);
    if (by === null)
      return h("td", { class: "n" }, column.show(now), before === undefined && h("small", { class: "quiet" }, " new"));
    const changed = Math.abs(by) > 0.05;
    const better = judged && changed && (column.more ? by > 0 : by < 0);
    const worse = judged && changed && !better;
    const percent = Number.isFinite(by)
      ? " " + (by >= 0 ? "+" : "−") + k.number(Math.round(Math.abs(by) * 100)) + "%"
      : "";
    return h(
      "td",
      { class: "n " + (worse ? "bad" : better ? "good" : "") },
      column.show(now),
      h("small", { class: "quiet" }, " was ", column.show(before)),
      changed && h("small", null, worse ? " worse" : better ? " better" : "", percent),
    );
  }

  /** By how much the 95% of a row have changed, for sorting; new rows come last. */
  const changeOfTimes = ({ before, now }) => Math.min(Math.abs(change(before.p95, now.p95) ?? 0), 1e9);

  function Overlay({ pair }) {
    const box = useRef(null);
    const [theme, setTheme] = useState(k.theme());
    useEffect(() => k.onTheme(setTheme), []);
    k.useLayoutEffect(() => {
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
    const [pair, setPair] = k.useKept("compare", null);
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
    let users = [];
    if (pair) {
      users = [mostUsers(pair.saved), mostUsers(pair.now)];
      const before = new Map(pair.saved.rows.map((row) => [row.method + "\n" + row.name, row]));
      const names = new Set(pair.now.rows.map((row) => row.method + "\n" + row.name));
      gone = pair.saved.rows.filter((row) => !names.has(row.method + "\n" + row.name)).length;
      rows = pair.now.rows
        .map((row) => ({ now: row, before: before.get(row.method + "\n" + row.name) || {} }))
        .sort((a, b) => changeOfTimes(b) - changeOfTimes(a))
        .slice(0, MAX_ROWS);
      rows.push({ now: { ...pair.now.total, name: "Aggregated" }, before: pair.saved.total, sum: true });
    }
    const sameLoad = users[0] !== null && users[1] !== null && Math.abs(users[0] - users[1]) <= 0.05 * users[0];
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
          `${pair.name}: ${k.clock(pair.saved.start_time)}, ${k.number(users[0])} users. Largest change of the 95th percentile first.` +
            (gone ? ` ${gone} rows of the saved run do not occur in this one.` : ""),
        ),
      pair &&
        !sameLoad &&
        h(
          "p",
          { class: "warning" },
          `The runs had ${k.number(users[0])} and ${k.number(users[1])} users at the most: requests per second follow the users and are not judged, and other times and failures may come of the other load.`,
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
                    h(Cell, {
                      column,
                      before: before[column.key],
                      now: now[column.key],
                      judged: sameLoad || !column.more,
                    }),
                  ),
                ),
              ),
            ),
          ),
        ),
    );
  };
})(self.katydid);
