"use strict";
// The panels beside the table: charts, failures, exceptions, ratio, workers, logs, downloads, and the locustfile's own.
(function (k) {
  const { h, useState, useEffect, useRef } = k;
  const args = self.templateArgs;

  /** Reads an address now and every few seconds while the run is active. */
  function useReading(address, active, everyMs) {
    const [value, setValue] = useState(null);
    useEffect(() => {
      let alive = true;
      const load = () =>
        k.get(address).then(
          (read) => alive && setValue(read),
          () => {},
        );
      load();
      const timer = active ? setInterval(() => document.hidden || load(), everyMs) : 0;
      return () => {
        alive = false;
        clearInterval(timer);
      };
    }, [address, active]);
    return value;
  }
  k.useReading = useReading;

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

  k.ChartsPanel = function ({ timeline, onNote }) {
    const box = useRef(null);
    const charts = useRef(null);
    const [note, setNote] = useState("");
    useEffect(() => {
      charts.current = k.charts(box.current, timeline);
      return () => charts.current.destroy();
    }, []);
    useEffect(() => charts.current.update(timeline), [timeline]);
    async function add(event) {
      event.preventDefault();
      if (!note.trim()) return;
      await k.post("api/notes", new URLSearchParams({ text: note }));
      setNote("");
      onNote();
    }
    return h(
      "section",
      { "aria-label": "Charts" },
      h("div", { ref: box, class: "charts" }),
      h(
        "form",
        { class: "bar", onSubmit: add },
        h("input", {
          type: "text",
          maxLength: 200,
          placeholder: "Note for this moment, e.g. cache cleared",
          "aria-label": "Note for this moment",
          value: note,
          onInput: (event) => setNote(event.target.value),
        }),
        h("button", null, "Add note"),
      ),
    );
  };

  k.FailuresPanel = function ({ active }) {
    const read = useReading("api/failures", active, 3000);
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
          empty: "No failures.",
        },
        read &&
          read.failures.map((failure) =>
            h(
              "tr",
              { key: failure.method + failure.name + failure.error },
              h("td", { class: "n bad" }, k.number(failure.occurrences)),
              h("td", null, failure.method),
              h("td", null, failure.name),
              h("td", { class: "long" }, failure.error),
              h("td", null, k.clock(failure.first_seen)),
              h("td", null, k.clock(failure.last_seen)),
            ),
          ),
      ),
    );
  };

  k.ExceptionsPanel = function ({ active }) {
    const read = useReading("exceptions", active, 5000);
    return h(
      "section",
      { "aria-label": "Exceptions" },
      h(
        Table,
        { label: "Exceptions", head: ["#Count", "Message and traceback", "Nodes"], empty: "No exceptions." },
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
                  h("summary", null, exception.msg || "(no message)"),
                  h("pre", null, exception.traceback),
                ),
              ),
              h("td", null, exception.nodes),
            ),
          ),
      ),
    );
  };

  function RatioLevel({ tasks }) {
    return h(
      "ul",
      { class: "ratio" },
      Object.entries(tasks || {}).map(([name, node]) =>
        h(
          "li",
          null,
          h("b", null, k.percent(node.ratio)),
          " ",
          name,
          node.tasks && h(RatioLevel, { tasks: node.tasks }),
        ),
      ),
    );
  }

  k.RatioPanel = function ({ active }) {
    const read = useReading("tasks", active, 5000);
    return h(
      "section",
      { class: "columns", "aria-label": "Current ratio" },
      h("div", null, h("h2", null, "Within each class"), read && h(RatioLevel, { tasks: read.per_class })),
      h("div", null, h("h2", null, "Of all users"), read && h(RatioLevel, { tasks: read.total })),
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
    const millis = (value) => (value === null ? "–" : k.number(value) + " ms");
    return h(
      "section",
      { "aria-label": live.distributed ? "Workers" : "Generator" },
      trusted &&
        h("p", { class: "ok" }, "The load generator keeps up with its work; nothing speaks against the results."),
      live.distributed && h("h2", null, "This process, the master"),
      h(
        "dl",
        { class: "facts" },
        [
          ["CPU, 100% is one core", health.cpu === null ? "–" : k.number(health.cpu) + "%"],
          ["Timers late, 99% below", millis(health.p99_late_ms)],
          ["Timers late, worst", millis(health.max_late_ms)],
          ["Collector pauses", millis(health.gc_ms)],
        ].map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))),
      ),
      live.distributed && h(WorkersTable, { live, millis }),
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

  function WorkersTable({ live, millis }) {
    return [
      live.workers_total > live.workers.length &&
        h("p", { class: "quiet" }, `The first ${live.workers.length} of ${live.workers_total} workers.`),
      h(
        Table,
        {
          label: "Workers",
          head: ["Worker", "State", "#Users", "#CPU", "#Memory", "#Latency", "#Timers late", "#Pauses", "Health"],
          empty: "No workers yet. Start them with --worker --master-host and this machine's address.",
        },
        live.workers.map((worker) => {
          const { health } = worker;
          const distrusted = health && health.warnings.length > 0;
          return h(
            "tr",
            { key: worker.id },
            h("td", null, worker.id),
            h("td", null, h("span", { class: "state " + worker.state }, worker.state)),
            h("td", { class: "n" }, k.number(worker.user_count)),
            h("td", { class: distrusted ? "n bad" : "n" }, k.number(worker.cpu_usage) + "%"),
            h("td", { class: "n" }, k.bytes(worker.memory_usage)),
            h("td", { class: "n" }, millis(worker.latency_ms)),
            h("td", { class: "n" }, health ? millis(health.p99_late_ms) : "–"),
            h("td", { class: "n" }, health ? millis(health.gc_ms) : "–"),
            h(
              "td",
              { class: "long" },
              !health
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

  k.LogsPanel = function () {
    const read = useReading("logs", true, 3000);
    const [wanted, setWanted] = useState("");
    const box = useRef(null);
    const atEnd = useRef(true);
    useEffect(() => {
      if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
    }, [read, wanted]);
    if (!read) return h("section", { "aria-label": "Logs" });
    const sources = ["", ...Object.keys(read.workers)];
    const lines = wanted === "" ? read.master : read.workers[wanted] || [];
    const level = (line) =>
      /\/(ERROR|CRITICAL)\//.test(line) ? "bad" : /\/WARNING\//.test(line) ? "warn" : "";
    return h(
      "section",
      { "aria-label": "Logs" },
      sources.length > 1 &&
        h(
          "div",
          { class: "bar" },
          h(
            "select",
            { "aria-label": "Whose log", value: wanted, onChange: (event) => setWanted(event.target.value) },
            sources.map((source) => h("option", { value: source }, source || "This process")),
          ),
        ),
      h(
        "pre",
        {
          class: "log scroll tall",
          ref: box,
          tabIndex: 0,
          "aria-label": "Log lines",
          onScroll: (event) => {
            const element = event.target;
            atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
          },
        },
        lines.length ? lines.map((line) => h("div", { class: level(line) }, line)) : "No log lines yet.",
      ),
    );
  };

  k.DownloadPanel = function () {
    const files = [
      ["stats/requests/csv", "Requests", "CSV"],
      ["stats/failures/csv", "Failures", "CSV"],
      ["exceptions/csv", "Exceptions", "CSV"],
      ...(args.stats_history_enabled ? [["stats/requests_full_history/csv", "Full history", "CSV"]] : []),
      ["stats/report?theme=" + k.theme(), "Report", "HTML"],
      ["stats/report?download=1&theme=" + k.theme(), "Report to keep", "HTML file"],
      ["api/run?download=1", "This run, to compare with later", "JSON"],
      ...(args.extended_csv_files || []).map((file) => [
        String(file.href).replace(/^\//, ""),
        file.title,
        "CSV",
      ]),
    ];
    return h(
      "section",
      { "aria-label": "Downloads" },
      h(
        "ul",
        { class: "files" },
        files.map(([href, title, kind]) =>
          h(
            "li",
            null,
            h("a", { href, target: href.startsWith("stats/report?theme") ? "_blank" : undefined }, title),
            " ",
            h("span", { class: "quiet" }, kind),
          ),
        ),
      ),
      h(k.ComparePanel, null),
    );
  };

  /** A tab of the locustfile: its table is filled from `extended_stats` of /stats/requests. */
  k.ExtendedPanel = function ({ tab, active }) {
    const read = useReading("stats/requests", active, 2000);
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
        found &&
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
