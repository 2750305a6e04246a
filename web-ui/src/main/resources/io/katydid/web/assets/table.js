"use strict";
// The statistics table. The server sorts, filters and cuts: the page only ever holds the rows it shows, so thousands of
// rows cost no more than fifty.
(function (k) {
  const { h, useState, useEffect, useRef } = k;
  const args = self.templateArgs;
  const ROW_HEIGHT = 30;
  const MARGIN_ROWS = 20;
  const REFRESH_MS = 2000;

  const COLUMNS = [
    { key: "method", title: "Type", text: true },
    { key: "name", title: "Name", text: true },
    { key: "requests", title: "Requests" },
    { key: "failures", title: "Fails" },
    { key: "fail_ratio", title: "Fails %", show: k.percent },
    ...args.percentile_columns.map((column) => ({ ...column, hint: "milliseconds" })),
    { key: "avg", title: "Average", hint: "milliseconds" },
    { key: "min", title: "Min", hint: "milliseconds" },
    { key: "max", title: "Max", hint: "milliseconds" },
    { key: "bytes", title: "Size", hint: "average bytes" },
    { key: "rps", title: "RPS", hint: "now" },
    { key: "fps", title: "Fails/s", hint: "now" },
  ];

  function cells(row, onOpen) {
    return COLUMNS.map((column) => {
      const value = row[column.key];
      if (column.key === "name") {
        const name = row.method === "" && onOpen === null ? "Aggregated" : value;
        return h(
          "th",
          { scope: "row", class: "name", title: name },
          onOpen ? h("button", { type: "button", class: "link", onClick: () => onOpen(row) }, name) : name,
        );
      }
      if (column.text) return h("td", null, value);
      const bad =
        (column.key === "failures" || column.key === "fail_ratio" || column.key === "fps") && value > 0;
      return h("td", { class: bad ? "n bad" : "n" }, (column.show || k.number)(value));
    });
  }

  k.StatsTable = function ({ active }) {
    const [query, setQuery] = useState("");
    const [sort, setSort] = useState({ key: "name", desc: false });
    const [page, setPage] = useState(null);
    const [problem, setProblem] = useState(null);
    const [open, setOpen] = useState(null);
    const box = useRef(null);
    const wanted = useRef({});
    const loading = useRef(false);

    async function load() {
      if (loading.current) {
        wanted.current.again = true;
        return;
      }
      loading.current = true;
      wanted.current.again = false;
      const element = box.current;
      const first = element ? Math.max(0, Math.floor(element.scrollTop / ROW_HEIGHT) - MARGIN_ROWS) : 0;
      const count = Math.ceil(((element && element.clientHeight) || 600) / ROW_HEIGHT) + 2 * MARGIN_ROWS;
      const { query: q, sort: s } = wanted.current;
      const parameters = new URLSearchParams({
        q,
        sort: s.key,
        desc: s.desc ? "1" : "0",
        offset: first,
        limit: Math.min(500, count),
      });
      try {
        setPage(await k.get("api/rows?" + parameters));
        setProblem(null);
      } catch (error) {
        setProblem(error.message);
      } finally {
        loading.current = false;
        if (wanted.current.again) load();
      }
    }

    wanted.current.query = query;
    wanted.current.sort = sort;
    useEffect(() => {
      load();
    }, [query, sort]);
    useEffect(() => {
      load();
      if (!active) return undefined;
      const timer = setInterval(() => document.hidden || load(), REFRESH_MS);
      return () => clearInterval(timer);
    }, [active]);

    function sortBy(key, text) {
      setSort(sort.key === key ? { key, desc: !sort.desc } : { key, desc: !text });
    }

    const rows = page ? page.rows : [];
    const above = page ? page.offset * ROW_HEIGHT : 0;
    const below = page ? Math.max(0, (page.matching - page.offset - rows.length) * ROW_HEIGHT) : 0;
    return h(
      "section",
      { "aria-label": "Statistics" },
      h(
        "div",
        { class: "bar" },
        h("input", {
          type: "search",
          id: "filter",
          placeholder: "Filter by name or type",
          "aria-label": "Filter rows by name or type",
          value: query,
          onInput: (event) => setQuery(event.target.value),
        }),
        h(
          "span",
          { class: "quiet", role: "status" },
          page
            ? page.matching === page.all
              ? `${k.number(page.all)} rows`
              : `${k.number(page.matching)} of ${k.number(page.all)} rows`
            : "",
        ),
        problem && h("span", { class: "bad" }, problem),
      ),
      h(
        "div",
        {
          class: "scroll tall",
          ref: box,
          onScroll: () => load(),
          tabIndex: 0,
          role: "region",
          "aria-label": "Table of requests",
        },
        h(
          "table",
          { class: "stats", "aria-rowcount": page ? page.matching + 2 : 1 },
          h(
            "thead",
            null,
            h(
              "tr",
              null,
              COLUMNS.map((column) =>
                h(
                  "th",
                  {
                    scope: "col",
                    class: column.text ? column.key : "n",
                    title: column.hint,
                    "aria-sort": sort.key === column.key ? (sort.desc ? "descending" : "ascending") : "none",
                  },
                  h(
                    "button",
                    { type: "button", class: "link", onClick: () => sortBy(column.key, column.text) },
                    column.title,
                    h(
                      "span",
                      { "aria-hidden": "true", class: "arrow" },
                      sort.key === column.key ? (sort.desc ? "▾" : "▴") : "",
                    ),
                  ),
                ),
              ),
            ),
          ),
          h(
            "tbody",
            null,
            above > 0 &&
              h(
                "tr",
                { "aria-hidden": "true", class: "space" },
                h("td", { style: { height: above + "px" }, colSpan: COLUMNS.length }),
              ),
            rows.map((row, i) =>
              h(
                "tr",
                { key: row.method + " " + row.name, "aria-rowindex": page.offset + i + 2 },
                cells(row, setOpen),
              ),
            ),
            below > 0 &&
              h(
                "tr",
                { "aria-hidden": "true", class: "space" },
                h("td", { style: { height: below + "px" }, colSpan: COLUMNS.length }),
              ),
            page &&
              rows.length === 0 &&
              h(
                "tr",
                null,
                h(
                  "td",
                  { colSpan: COLUMNS.length, class: "quiet" },
                  page.all ? "No row matches the filter." : "No requests yet.",
                ),
              ),
          ),
          page && h("tfoot", null, h("tr", { class: "sum" }, cells(page.total, null))),
        ),
      ),
      page &&
        h(
          "p",
          { class: "quiet small" },
          "Times in milliseconds. Select a name to see how its response times are spread.",
        ),
      open && h(RowDetail, { row: open, active, onClose: () => setOpen(null) }),
    );
  };

  /** How the response times of one row are spread, as bars over logarithmic bands. */
  function RowDetail({ row, active, onClose }) {
    const [detail, setDetail] = useState(null);
    const dialog = useRef(null);
    useEffect(() => {
      dialog.current.showModal();
      const load = () =>
        k
          .get("api/row?" + new URLSearchParams({ method: row.method, name: row.name }))
          .then(setDetail, () => setDetail(null));
      load();
      const timer = active ? setInterval(load, REFRESH_MS) : 0;
      return () => clearInterval(timer);
    }, [row.method, row.name, active]);
    return h(
      "dialog",
      { ref: dialog, onClose, class: "wide", "aria-labelledby": "row-title" },
      h("h2", { id: "row-title" }, row.method, " ", row.name),
      detail && h(Bars, { detail }),
      detail &&
        h(
          "dl",
          { class: "facts" },
          [
            ["Requests", k.number(detail.row.requests)],
            ["Failures", k.number(detail.row.failures)],
            ["Median", k.number(detail.row.p50) + " ms"],
            ["95%", k.number(detail.row.p95) + " ms"],
            ["99%", k.number(detail.row.p99) + " ms"],
            ["99.9%", k.number(detail.row["p99.9"]) + " ms"],
            ["Max", k.number(detail.row.max) + " ms"],
          ].map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))),
        ),
      h("form", { method: "dialog", class: "actions" }, h("button", { autofocus: true }, "Close")),
    );
  }

  function Bars({ detail }) {
    const bands = detail.counts.map((count, i) => ({
      count,
      below: detail.bounds[i] ?? null,
      from: i ? detail.bounds[i - 1] : 0,
    }));
    const first = bands.findIndex((band) => band.count > 0);
    if (first < 0) return h("p", { class: "quiet" }, "No response times yet.");
    let last = bands.length - 1;
    while (bands[last].count === 0) last--;
    const shown = bands.slice(Math.max(0, first - 1), Math.min(bands.length, last + 2));
    const most = Math.max(...shown.map((band) => band.count));
    const all = bands.reduce((sum, band) => sum + band.count, 0);
    return h(
      "table",
      { class: "bars" },
      h("caption", { class: "quiet" }, "Requests by response time"),
      h(
        "tbody",
        null,
        shown.map((band) =>
          h(
            "tr",
            null,
            h(
              "th",
              { scope: "row" },
              band.below === null ? "> " + k.number(band.from) + " ms" : "≤ " + k.number(band.below) + " ms",
            ),
            h(
              "td",
              { "aria-hidden": "true" },
              h("span", { class: "fill", style: { width: (100 * band.count) / most + "%" } }),
            ),
            h("td", { class: "n" }, k.number(band.count)),
            h("td", { class: "n quiet" }, k.percent(band.count / all)),
          ),
        ),
      ),
    );
  }
})(self.katydid);
