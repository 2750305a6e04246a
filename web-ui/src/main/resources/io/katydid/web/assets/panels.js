"use strict";
// The panels beside the table: charts, failures, exceptions, ratio, workers, logs, downloads, and the locustfile's own.
(function (k) {
  const { h, useState, useEffect, useRef } = k;
  const args = self.templateArgs;

  /**
   * Reads an address now and every few seconds, less often while no run is active.
   *
   * @param live the last message: with each start, stop and reset the address is read at once
   */
  function useReading(address, live, everyMs) {
    const active = k.isActive(live.state);
    const [value, setValue] = useState(null);
    useEffect(() => {
      let alive = true;
      const load = () =>
        k.get(address).then(
          (read) => alive && setValue(read),
          () => {},
        );
      load();
      const timer = setInterval(() => document.hidden || load(), active ? everyMs : k.IDLE_MS);
      return () => {
        alive = false;
        clearInterval(timer);
      };
    }, [address, active, live.marks]);
    return value;
  }

  /** @param head column titles; a leading # means numbers */
  function Table({ label, head, children, empty }) {
    const none = !children || children.length === 0;
    return h(
      "div",
      { class: "scroll", tabIndex: 0, role: "region", "aria-label": label },
      h(
        "table",
        null,
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            head.map((title) =>
              title[0] === "#"
                ? h("th", { scope: "col", class: "n fit" }, title.slice(1))
                : h("th", { scope: "col" }, title),
            ),
          ),
        ),
        h(
          "tbody",
          null,
          none ? h("tr", null, h("td", { colSpan: head.length, class: "quiet" }, empty)) : children,
        ),
      ),
    );
  }

  const MARKS = { start: "Test started", stop: "Test stopped", reset: "Statistics reset", warm: "Generator warm" };
  const SPANS = [
    ["all", "Everything"],
    ["run", "This test"],
    ["900", "The last 15 minutes"],
    ["300", "The last 5 minutes"],
    ["60", "The last minute"],
  ];

  k.ChartsPanel = function ({ timeline, onNote }) {
    const box = useRef(null);
    const charts = useRef(null);
    const [note, setNote] = useState("");
    const [problem, setProblem] = useState(null);
    const [view, setView] = k.useKept("charts.view", { span: "all", chosen: null });
    useEffect(() => {
      charts.current = k.charts(box.current, timeline, {
        view,
        onChosen: (chosen) => setView({ span: "chosen", chosen }),
      });
      return () => charts.current.destroy();
    }, []);
    useEffect(() => charts.current.update(timeline), [timeline]);
    const { span } = view;
    function show(wanted) {
      setView({ ...view, span: wanted });
      charts.current.show(wanted);
    }
    async function add(event) {
      event.preventDefault();
      if (!note.trim()) return;
      try {
        await k.post("api/notes", new URLSearchParams({ text: note }));
        setNote("");
        setProblem(null);
        onNote();
      } catch (error) {
        setProblem("The note was not kept: " + error.message);
      }
    }
    return h(
      "section",
      { "aria-label": "Charts" },
      h(
        "div",
        { class: "bar" },
        h(
          "select",
          { "aria-label": "Time shown", value: span, onChange: (event) => show(event.target.value) },
          SPANS.map(([value, title]) => h("option", { value }, title)),
          span === "chosen" && h("option", { value: "chosen" }, "What was dragged over"),
        ),
        span === "chosen" && h("button", { type: "button", onClick: () => show("all") }, "Show everything"),
        h("span", { class: "quiet small" }, "Drag over a chart to look closer."),
        h("span", { class: "grow" }),
        h(
          "form",
          { class: "note", onSubmit: add },
          h("input", {
            type: "text",
            maxLength: 200,
            placeholder: "Note, e.g. cache cleared",
            "aria-label": "Note for this moment",
            value: note,
            onInput: (event) => setNote(event.target.value),
          }),
          h("button", null, "Add note"),
        ),
      ),
      problem && h("p", { class: "error", role: "alert" }, problem),
      timeline.points.length === 0 &&
        h("p", { class: "quiet" }, "The charts begin with the first second of the test."),
      h("div", { ref: box, class: "charts" }),
      timeline.marks.length > 0 &&
        h(
          "details",
          null,
          h("summary", null, `Starts, stops and notes (${timeline.marks.length})`),
          h(
            "ol",
            { class: "marks" },
            timeline.marks.map((mark) =>
              h("li", null, h("b", null, k.clock(mark.time)), " ", MARKS[mark.kind] || mark.text),
            ),
          ),
        ),
    );
  };

  k.FailuresPanel = function ({ live }) {
    const read = useReading("api/failures", live, 3000);
    return h(
      "section",
      { "aria-label": "Failures" },
      read &&
        read.all > read.failures.length &&
        h(
          "p",
          { class: "quiet" },
          `The ${read.failures.length} most frequent of ${read.all} kinds of failures.`,
        ),
      h(
        Table,
        {
          label: "Failures",
          head: ["#Count", "Type", "Name", "Message", "First", "Last"],
          empty: "No failures so far.",
        },
        read &&
          read.failures.map((failure) =>
            h(
              "tr",
              { key: failure.method + failure.name + failure.error },
              h("td", { class: "n bad" }, k.number(failure.occurrences)),
              h("td", null, failure.method),
              h("td", { class: "wrap" }, failure.name),
              h("td", { class: "long" }, failure.error),
              h("td", { class: "time" }, k.clock(failure.first_seen)),
              h("td", { class: "time" }, k.clock(failure.last_seen)),
            ),
          ),
      ),
    );
  };

  /** Where in the locustfile it was: the last frame of a traceback, or nothing. */
  function place(traceback) {
    const frames = [...traceback.matchAll(/File "([^"]*)", line (\d+), in (\S+)/g)];
    if (!frames.length) return "";
    const [, file, line, name] = frames[frames.length - 1];
    return `${file.replace(/.*[\\/]/, "")}, line ${line}, in ${name}`;
  }

  k.ExceptionsPanel = function ({ live }) {
    const read = useReading("exceptions", live, 5000);
    return h(
      "section",
      { "aria-label": "Exceptions" },
      h(
        Table,
        {
          label: "Exceptions",
          head: ["#Count", "Message and traceback", "Nodes"],
          empty: "No exceptions so far.",
        },
        read &&
          read.exceptions.map((exception) =>
            h(
              "tr",
              { key: exception.traceback },
              h("td", { class: "n bad" }, k.number(exception.count)),
              h(
                "td",
                { class: "long" },
                h(
                  "details",
                  null,
                  h(
                    "summary",
                    null,
                    h("bdi", null, exception.msg || "(no message)"),
                    " ",
                    h("span", { class: "quiet" }, place(exception.traceback)),
                  ),
                  h("pre", null, exception.traceback),
                ),
              ),
              h("td", null, exception.nodes),
            ),
          ),
      ),
    );
  };

  /** Classes and tasks as rows: name, depth, share within the class, share of all users. */
  function ratioRows(perClass, total, depth) {
    return Object.entries(perClass || {}).flatMap(([name, node]) => {
      const whole = (total || {})[name] || { ratio: depth ? 0 : node.ratio };
      return [
        { name, depth, within: depth ? node.ratio : null, all: whole.ratio },
        ...ratioRows(node.tasks, whole.tasks, depth + 1),
      ];
    });
  }

  function Share({ ratio }) {
    if (ratio === null) return h("td", null);
    return h(
      "td",
      { class: "share" },
      h("span", { class: "n" }, k.percent(ratio)),
      h("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, [
        h("rect", { class: "all", width: 100, height: 10 }),
        h("rect", { class: "part", width: 100 * ratio, height: 10 }),
      ]),
    );
  }

  k.RatioPanel = function ({ live }) {
    const read = useReading("tasks", live, 5000);
    const rows = read ? ratioRows(read.per_class, read.total, 0) : [];
    const idle = read && Object.values(read.total).every((node) => !node.ratio);
    return h(
      "section",
      { "aria-label": "Current ratio" },
      idle &&
        h(
          "p",
          { class: "quiet" },
          "No user runs now; the shares within a class are those that its tasks will have.",
        ),
      h(
        Table,
        {
          label: "Current ratio",
          head: ["Class and tasks", "Within the class", "Of all users"],
          empty: "No classes.",
        },
        rows.map((row) =>
          h(
            "tr",
            null,
            h(
              "th",
              { scope: "row", class: "depth" + Math.min(row.depth, 4) },
              row.depth ? row.name : h("b", null, row.name),
            ),
            h(Share, { ratio: row.within }),
            h(Share, { ratio: row.all }),
          ),
        ),
      ),
    );
  };

  /** Why the results are not to be trusted: sentences about this process, then about workers; empty if they are. */
  k.distrust = function (live) {
    const warnings = [...live.health.warnings];
    for (const worker of live.workers) {
      if (worker.health)
        for (const warning of worker.health.warnings) warnings.push(worker.id + ": " + warning);
      if (worker.state === "missing")
        warnings.push(
          worker.id + " is missing: its users and results of this time are lost. Check that machine.",
        );
    }
    return warnings;
  };

  /** How the load generator does: the verdict, this process, and the workers of a master. */
  k.GeneratorPanel = function ({ live }) {
    const { health } = live;
    const trusted = k.distrust(live).length === 0;
    return h(
      "section",
      { "aria-label": live.distributed ? "Workers" : "Generator" },
      trusted && live.verdict && h("p", { class: live.verdict.good ? "ok" : "verdict" }, live.verdict.text),
      live.distributed && h("h2", null, "This process, the master"),
      h(
        "dl",
        { class: "facts" },
        [
          ["CPU, 100% is one core", health.cpu === null ? "–" : k.number(health.cpu) + "%"],
          ["Timers late, 99% below", k.millisOf(health.p99_late_ms)],
          ["Timers late, worst", k.millisOf(health.max_late_ms)],
          ["Collector pauses", k.millisOf(health.gc_ms)],
        ].map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))),
      ),
      live.distributed && h(WorkersTable, { live }),
      h(
        "p",
        { class: "quiet small" },
        "Since the test began; CPU in the last ten seconds. A late timer or a pause makes response times look longer" +
          " than they are. ",
        live.distributed && "Latency is the way of a heartbeat to the master and back. ",
        live.distributed && "Python workers report neither latency nor health.",
      ),
    );
  };

  function WorkersTable({ live }) {
    return [
      live.workers_total > live.workers.length &&
        h("p", { class: "quiet" }, `The first ${live.workers.length} of ${live.workers_total} workers.`),
      h(
        Table,
        {
          label: "Workers",
          head: [
            "Worker",
            "State",
            "#Users",
            "#CPU",
            "#Memory",
            "#Latency",
            "#Timers late",
            "#Pauses",
            "Health",
          ],
          empty: "No workers yet. Start them with --worker --master-host and this machine's address.",
        },
        live.workers.map((worker) => {
          const { health } = worker;
          const distrusted = health && health.warnings.length > 0;
          return h(
            "tr",
            { key: worker.id },
            h("td", { class: "wrap" }, worker.id),
            h("td", null, h("span", { class: "state " + worker.state }, worker.state)),
            h("td", { class: "n" }, k.number(worker.user_count)),
            // Timers may be late for other reasons; less than a core's worth is no reason to warn.
            h(
              "td",
              { class: distrusted && worker.cpu_usage > 90 ? "n bad" : "n" },
              worker.cpu_usage === null ? "–" : k.number(worker.cpu_usage) + "%",
            ),
            h("td", { class: "n" }, k.bytes(worker.memory_usage)),
            h("td", { class: "n" }, k.millisOf(worker.latency_ms)),
            h("td", { class: "n" }, health ? k.millisOf(health.p99_late_ms) : "–"),
            h("td", { class: "n" }, health ? k.millisOf(health.gc_ms) : "–"),
            h(
              "td",
              { class: "long" },
              worker.state === "missing"
                ? h("span", { class: "bad" }, "unknown since it is missing")
                : !health
                  ? h("span", { class: "quiet" }, "not reported")
                  : distrusted
                    ? h("span", { class: "bad" }, health.warnings.join(" "))
                    : "good",
            ),
          );
        }),
      ),
    ];
  }

  /** So many messages of each process are kept; one may have several lines. */
  const KEPT_MESSAGES = 500;
  const messages = (count) => (count === 1 ? "1 message" : k.number(count) + " messages");

  k.LogsPanel = function ({ live }) {
    const read = useReading("logs", live, 3000);
    const [wanted, setWanted] = k.useKept("logs.whose", "");
    const [query, setQuery] = k.useKept("logs.query", "");
    const box = useRef(null);
    const atEnd = useRef(true);
    useEffect(() => {
      if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
    }, [read, wanted, query]);
    if (!read) return h("section", { "aria-label": "Logs" });
    const sources = ["", ...Object.keys(read.workers)];
    const all = wanted === "" ? read.master : read.workers[wanted] || [];
    const lines = all.filter((line) => line.toLowerCase().includes(query.toLowerCase()));
    const level = (line) =>
      /\/(ERROR|CRITICAL)\//.test(line) ? "bad" : /\/WARNING\//.test(line) ? "warn" : "";
    return h(
      "section",
      { "aria-label": "Logs" },
      h(
        "div",
        { class: "bar" },
        h("input", {
          type: "search",
          placeholder: "Filter, e.g. ERROR",
          "aria-label": "Filter log messages",
          value: query,
          onInput: (event) => setQuery(event.target.value),
        }),
        sources.length > 1 &&
          h(
            "select",
            { "aria-label": "Whose log", value: wanted, onChange: (event) => setWanted(event.target.value) },
            sources.map((source) => h("option", { value: source }, source || "This process")),
          ),
        h(
          "span",
          { class: "quiet", role: "status" },
          query
            ? `${k.number(lines.length)} of ${messages(all.length)}`
            : (all.length >= KEPT_MESSAGES ? "the last " : "") + messages(all.length),
        ),
      ),
      h(
        "pre",
        {
          class: "log scroll tall",
          ref: box,
          tabIndex: 0,
          "aria-label": "Log messages",
          onScroll: (event) => {
            const element = event.target;
            atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
          },
        },
        lines.length
          ? lines.map((line) => h("div", { class: level(line) }, line))
          : query
            ? "No message has this text."
            : "No messages yet.",
      ),
    );
  };

  k.DownloadPanel = function () {
    const theme = k.theme();
    const files = [
      {
        title: "Report",
        about: "one HTML file with charts, statistics, failures and the health of the generator",
        links: [
          ["Download", "stats/report?download=1&theme=" + theme],
          ["Open", "stats/report?theme=" + theme],
        ],
      },
      {
        title: "Requests",
        about: "CSV, one line a name, with percentiles",
        links: [["Download", "stats/requests/csv"]],
      },
      {
        title: "Failures",
        about: "CSV, with first and last time",
        links: [["Download", "stats/failures/csv"]],
      },
      { title: "Exceptions", about: "CSV, with tracebacks", links: [["Download", "exceptions/csv"]] },
      ...(args.stats_history_enabled
        ? [
            {
              title: "Full history",
              about: "CSV, one line a second and name",
              links: [["Download", "stats/requests_full_history/csv"]],
            },
          ]
        : []),
      ...(args.extended_csv_files || []).map((file) => ({
        title: file.title,
        about: "CSV of the locustfile",
        links: [["Download", String(file.href).replace(/^\//, "")]],
      })),
      {
        title: "This run",
        about: "JSON, to compare a later run with",
        links: [["Download", "api/run?download=1"]],
      },
    ];
    return h(
      "section",
      { "aria-label": "Downloads" },
      h(
        "ul",
        { class: "files" },
        files.map(({ title, about, links }) =>
          h(
            "li",
            null,
            h("div", null, h("b", null, title), h("span", { class: "quiet" }, about)),
            links.map(([label, href]) =>
              h(
                "a",
                {
                  class: "button",
                  href,
                  "aria-label": `${label} ${title}`,
                  target: label === "Open" ? "_blank" : undefined,
                },
                label,
              ),
            ),
          ),
        ),
      ),
      h(k.ComparePanel, null),
    );
  };

  /** A tab of the locustfile: its table is filled from `extended_stats` of /stats/requests. */
  k.ExtendedPanel = function ({ tab, live }) {
    const read = useReading("stats/requests", live, 2000);
    const table = (args.extended_tables || []).find((one) => one.key === tab.key);
    if (!table) return h("section", null, h("p", { class: "quiet" }, "This tab has no table."));
    const found = read && (read.extended_stats || []).find((one) => one.key === tab.key);
    return h(
      "section",
      { "aria-label": tab.title },
      h(
        Table,
        {
          label: tab.title,
          head: table.structure.map((column) => String(column.title).replace(/^#/, "Number of ")),
          empty: "No data yet.",
        },
        // Locust's own example gives an empty object while it has no rows.
        found &&
          Array.isArray(found.data) &&
          found.data.map((row) =>
            h(
              "tr",
              null,
              table.structure.map((column) => h("td", null, String(row[column.key] ?? ""))),
            ),
          ),
      ),
    );
  };
})(self.katydid);
