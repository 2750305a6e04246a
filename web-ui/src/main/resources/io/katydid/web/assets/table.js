"use strict";
// The statistics table. The server sorts, filters and cuts: the page holds a window of the rows, and of these only what
// can be seen is in the document, so thousands of rows cost no more than fifty.
(function (k) {
  const { h, useState, useEffect, useRef } = k;
  const args = self.templateArgs;
  const ROW_HEIGHT = 30;
  /** Rows in the document above and below those that can be seen. */
  const SPARE_ROWS = 16;
  /** Rows fetched above and below: without scrolling, and while the table is being scrolled. */
  const NEAR_ROWS = 40;
  const FAR_ROWS = 180;
  const SCROLLED_LATELY_MS = 2000;
  const REFRESH_MS = 2000;

  const TIME = { group: "Response time, ms", hint: "milliseconds", show: k.millis };
  const COLUMNS = [
    { key: "method", title: "Type", text: true, group: null },
    { key: "name", title: "Name", text: true, group: "" },
    { key: "requests", title: "Requests", group: "In all" },
    { key: "failures", title: "Fails", group: "In all" },
    { key: "fail_ratio", title: "Fails %", show: k.percent, group: "In all" },
    ...args.percentile_columns.map((column) => ({ ...TIME, ...column })),
    { key: "avg", title: "Average", ...TIME },
    { key: "min", title: "Min", ...TIME },
    { key: "max", title: "Max", ...TIME },
    { key: "bytes", title: "Size, B", hint: "average bytes of a response", group: "" },
    { key: "rps", title: "RPS", hint: "requests per second, now", show: k.rate, group: "Per second, now" },
    { key: "fps", title: "Fails/s", hint: "failures per second, now", show: k.rate, group: "Per second, now" },
  ];

  /** Neighbours of the same group: how many columns each covers. */
  const GROUPS = COLUMNS.reduce((groups, column) => {
    const last = groups[groups.length - 1];
    if (last && last.title === column.group) last.span++;
    else groups.push({ title: column.group, span: 1 });
    return groups;
  }, []);

  /** @param onOpen what a click on the name does; null for the sum, whose name is given */
  function cells(row, onOpen, sumName) {
    return COLUMNS.map((column) => {
      const value = row[column.key];
      if (column.key === "name") {
        const name = onOpen === null ? sumName : value;
        return h(
          "th",
          { scope: "row", class: "name", title: name },
          onOpen ? h("button", { type: "button", class: "link", onClick: () => onOpen(row) }, name) : name,
        );
      }
      if (column.text) return h("td", null, value);
      const bad =
        (column.key === "failures" || column.key === "fail_ratio" || column.key === "fps") && value > 0;
      return h(
        "td",
        { class: bad ? "n bad" : value === 0 ? "n none" : "n" },
        (column.show || k.number)(value),
      );
    });
  }

  k.StatsTable = function ({ live }) {
    const active = k.isActive(live.state);
    const [query, setQuery] = k.useKept("rows.query", "");
    const [sort, setSort] = k.useKept("rows.sort", { key: "name", desc: false });
    const [page, setPage] = useState(null);
    // When the test has ended, the rates are those of all of it.
    const ofRun = (text) => (active || !text ? text : text.replace(", now", ", average"));
    const [problem, setProblem] = useState(null);
    const [open, setOpen] = useState(null);
    const box = useRef(null);
    const [top, setTop] = useState(0);
    const [printing, setPrinting] = useState(false);
    const wanted = useRef({ top: 0, scrolledAt: -Infinity });
    const loading = useRef(false);

    function visibleRows() {
      return Math.ceil(((box.current && box.current.clientHeight) || 600) / ROW_HEIGHT);
    }

    async function load() {
      if (loading.current) {
        wanted.current.again = true;
        return;
      }
      loading.current = true;
      wanted.current.again = false;
      const lately = performance.now() - wanted.current.scrolledAt < SCROLLED_LATELY_MS;
      const margin = lately ? FAR_ROWS : NEAR_ROWS;
      // More rows where the table is scrolled to than where it comes from.
      const before = Math.round(wanted.current.up ? 1.5 * margin : 0.5 * margin);
      const first = Math.max(0, wanted.current.top - before);
      const count = visibleRows() + 2 * margin;
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
        // That nobody answers is said above the tabs.
        setProblem(error instanceof TypeError ? null : error.message);
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
      const timer = setInterval(() => document.hidden || load(), active ? REFRESH_MS : k.IDLE_MS);
      return () => clearInterval(timer);
    }, [active, live.marks]);

    useEffect(() => {
      const before = () => setPrinting(true);
      const after = () => setPrinting(false);
      addEventListener("beforeprint", before);
      addEventListener("afterprint", after);
      return () => {
        removeEventListener("beforeprint", before);
        removeEventListener("afterprint", after);
      };
    }, []);

    /** Moves the rows in the document along, and asks for more before those that are here have been scrolled past. */
    function scrolled() {
      const now = Math.floor(box.current.scrollTop / ROW_HEIGHT);
      if (now === wanted.current.top) return;
      wanted.current.up = now < wanted.current.top;
      wanted.current.top = now;
      wanted.current.scrolledAt = performance.now();
      if (Math.abs(now - top) >= SPARE_ROWS / 2) setTop(now);
      if (!page) return;
      const end = now + visibleRows();
      const loaded = page.offset + page.rows.length;
      const ahead = FAR_ROWS / 2;
      if (wanted.current.up ? page.offset > 0 && now - ahead < page.offset : loaded < page.matching && end + ahead > loaded)
        load();
    }

    function sortBy(key, text) {
      setSort(sort.key === key ? { key, desc: !sort.desc } : { key, desc: !text });
    }

    const { matching, all } = page || {};
    const sumName = matching === all ? "Aggregated" : matching === 1 ? "This row" : `These ${k.number(matching)} rows`;
    // On paper is all that is here.
    const from = page ? Math.max(page.offset, printing ? 0 : top - SPARE_ROWS) : 0;
    const to = printing ? Infinity : top + visibleRows() + SPARE_ROWS;
    const rows = page && to > from ? page.rows.slice(from - page.offset, to - page.offset) : [];
    const above = from * ROW_HEIGHT;
    const below = page ? Math.max(0, page.matching - from - rows.length) * ROW_HEIGHT : 0;
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
          onScroll: scrolled,
          tabIndex: 0,
          role: "region",
          "aria-label": "Table of requests",
        },
        h(
          "table",
          {
            class: "stats",
            style: { "--numbers": COLUMNS.filter((column) => !column.text).length },
            "aria-rowcount": page ? page.matching + 2 : 1,
          },
          h(
            "colgroup",
            null,
            COLUMNS.map((column) => h("col", { class: (column.text ? "" : "number ") + column.key })),
          ),
          h(
            "thead",
            null,
            h(
              "tr",
              { class: "groups", "aria-hidden": "true" },
              GROUPS.map(({ title, span }, i) =>
                h("td", { colSpan: span, class: ["method", "name"][i] || (title ? "group" : "") }, ofRun(title)),
              ),
            ),
            h(
              "tr",
              null,
              COLUMNS.map((column) =>
                h(
                  "th",
                  {
                    scope: "col",
                    class: column.text ? column.key : "n",
                    title: ofRun(column.hint),
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
                { key: row.method + " " + row.name, "aria-rowindex": from + i + 2 },
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
              page.matching === 0 &&
              h(
                "tr",
                null,
                h(
                  "td",
                  { colSpan: COLUMNS.length, class: "quiet" },
                  page.all
                    ? "No row matches the filter."
                    : active
                      ? "No requests yet. The first ones appear here when users have finished them."
                      : "This test made no requests.",
                ),
              ),
          ),
          page && h("tfoot", null, h("tr", { class: "sum" }, cells(page.total, null, sumName))),
        ),
      ),
      page &&
        printing &&
        rows.length < page.matching &&
        h(
          "p",
          null,
          `Rows ${k.number(from + 1)} to ${k.number(from + rows.length)} of ${k.number(page.matching)}. The report under Download data has all.`,
        ),
      page && !printing && h("p", { class: "quiet small" }, "Select a name to see how its response times are spread."),
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
          .then(setDetail, () => setDetail({ gone: true }));
      load();
      const timer = active ? setInterval(load, REFRESH_MS) : 0;
      return () => clearInterval(timer);
    }, [row.method, row.name, active]);
    return h(
      "dialog",
      { ref: dialog, onClose, class: "wide", "aria-labelledby": "row-title" },
      h("h2", { id: "row-title" }, row.method, " ", h("bdi", null, row.name)),
      detail && detail.gone && h("p", { class: "quiet" }, "There are no such requests any more."),
      detail && detail.row && h(Bars, { detail }),
      detail &&
        detail.row &&
        h(
          "dl",
          { class: "facts" },
          [
            ["Requests", k.number(detail.row.requests)],
            ["Failures", k.number(detail.row.failures)],
            ["Median", k.millisOf(detail.row.p50)],
            ["95%", k.millisOf(detail.row.p95)],
            ["99%", k.millisOf(detail.row.p99)],
            ["99.9%", k.millisOf(detail.row["p99.9"])],
            ["Max", k.millisOf(detail.row.max)],
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
              band.count > 0 && h("span", { class: "fill", style: { width: (100 * band.count) / most + "%" } }),
            ),
            h("td", { class: "n" }, k.number(band.count)),
            h("td", { class: "n quiet" }, k.percent(band.count / all)),
          ),
        ),
      ),
    );
  }
})(self.katydid);
