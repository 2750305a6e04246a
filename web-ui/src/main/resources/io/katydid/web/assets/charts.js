"use strict";
// The charts of the page and of the report: throughput, response time percentiles as bands, users, and a heat map of
// response times over time. Run boundaries and notes are drawn into every chart.
(function (k) {
  const HEIGHT = 210;
  const SYNC = "katydid";
  const MARK_ROW = 13;
  /** A worker tells every three seconds: what it tells is of the seconds in between as well. */
  const REPORT_S = 4;
  const MARK_TEXT = { start: "start", stop: "stop", reset: "reset", warm: "generator warm" };

  // Tick labels by the distance of ticks in seconds: 24-hour clock, the date where a day begins.
  const CLOCK = [
    [86400, "{YYYY}-{MM}-{DD}", null, null, null, null, null, null, 1],
    [60, "{HH}:{mm}", "\n{YYYY}-{MM}-{DD}", null, "\n{YYYY}-{MM}-{DD}", null, null, null, 1],
    [1, "{HH}:{mm}:{ss}", "\n{YYYY}-{MM}-{DD}", null, "\n{YYYY}-{MM}-{DD}", null, null, null, 1],
  ];

  // Distances of ticks in seconds: each at most twice the one before, so that a narrow chart too has two of them.
  const DISTANCES = [
    ...[1, 2, 3, 5, 10, 15, 30],
    ...[1, 2, 3, 5, 10, 15, 30].map((count) => count * 60),
    ...[1, 2, 3, 6, 12].map((count) => count * 3600),
    ...[1, 2, 4, 8, 16, 32, 64, 128].map((count) => count * 86400),
  ];

  /** Arrays for uPlot, with a gap after the end of each run. */
  function columns(timeline) {
    const data = { t: [], rps: [], fps: [], users: [], p: timeline.percentiles.map(() => []), heat: [], from: [] };
    // Until when the last column of the heat map is, or since when nothing was to be told.
    let toldUntil = null;
    const stops = timeline.marks.filter((mark) => mark.kind === "start").map((mark) => mark.time);
    let next = 0;
    const add = (t, point) => {
      const before = data.t[data.t.length - 1];
      data.t.push(t);
      data.rps.push(point ? point.rps : null);
      data.fps.push(point ? point.fps : null);
      data.users.push(point ? point.users : null);
      data.p.forEach((column, i) => column.push(point && point.p.length ? (point.p[i] ?? null) : null));
      const told = point && point.heat.some((count) => count > 0);
      data.heat.push(told ? point.heat : []);
      data.from.push(!told ? null : toldUntil === null ? t - 1 : t - toldUntil <= REPORT_S ? toldUntil : before);
      if (told || !point || !point.rps) toldUntil = point ? t : null;
    };
    for (const point of timeline.points) {
      while (next < stops.length && stops[next] <= point.t) {
        if (data.t.length && stops[next] - 0.001 > data.t[data.t.length - 1]) add(stops[next] - 0.001, null);
        next++;
      }
      add(point.t, point);
    }
    data.most = data.heat.reduce((most, column) => Math.max(most, ...column), 1);
    return data;
  }

  /** Vertical lines for starts, stops, resets and notes. */
  function marksPlugin(state) {
    return {
      hooks: {
        draw: (u) => {
          const { ctx, bbox } = u;
          const ratio = devicePixelRatio || 1;
          ctx.save();
          ctx.font = 11 * ratio + "px system-ui, sans-serif";
          ctx.textBaseline = "top";
          ctx.textAlign = "left";
          const marks = state.timeline.marks
            .map((mark) => ({ mark, x: Math.round(u.valToPos(mark.time, "x", true)) }))
            .filter(({ x }) => x >= bbox.left && x <= bbox.left + bbox.width);
          const colour = (mark) => k.color(mark.kind === "note" ? "accent" : "quiet");
          ctx.setLineDash([3 * ratio, 3 * ratio]);
          ctx.lineWidth = ratio;
          for (const { mark, x } of marks) {
            ctx.strokeStyle = colour(mark);
            ctx.beginPath();
            ctx.moveTo(x, bbox.top);
            ctx.lineTo(x, bbox.top + bbox.height);
            ctx.stroke();
          }
          // A label that has no room beside the one before goes below it.
          const ends = Array(Math.floor(bbox.height / (MARK_ROW * ratio))).fill(-Infinity);
          ctx.setLineDash([]);
          ctx.lineWidth = 3 * ratio;
          ctx.lineJoin = "round";
          ctx.strokeStyle = k.color("panel");
          for (const { mark, x } of marks) {
            let text = mark.kind === "note" ? mark.text : MARK_TEXT[mark.kind] || mark.kind;
            if (text.length > 32) text = text.slice(0, 31) + "…";
            const width = ctx.measureText(text).width + 6 * ratio;
            const left = x + width > bbox.left + bbox.width ? Math.max(bbox.left, x - width) : x + 3 * ratio;
            const row = ends.findIndex((end) => left > end);
            if (row < 0) continue;
            ends[row] = left + width;
            const top = bbox.top + (row * MARK_ROW + 2) * ratio;
            // Legible over a line, which stays in sight beside the letters.
            ctx.strokeText(text, left, top);
            ctx.fillStyle = colour(mark);
            ctx.fillText(text, left, top);
          }
          ctx.restore();
        },
      },
    };
  }

  /** Cells of the heat map, darker for more requests. */
  function heatPlugin(state) {
    return {
      hooks: {
        draw: (u) => {
          const { ctx, bbox } = u;
          const bounds = state.timeline.heat_bounds;
          const { t, heat, from, most } = state.data;
          ctx.save();
          ctx.beginPath();
          ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
          ctx.clip();
          ctx.fillStyle = k.color("accent");
          for (let i = 0; i < t.length; i++) {
            const column = heat[i];
            if (!column.length) continue;
            const left = u.valToPos(from[i], "x", true);
            const width = Math.max(1, u.valToPos(t[i], "x", true) - left + 0.5);
            for (let band = 0; band < column.length; band++) {
              if (!column[band]) continue;
              const low = band === 0 ? bounds[0] / 1.5 : bounds[band - 1];
              const high = band < bounds.length ? bounds[band] : bounds[bounds.length - 1] * 1.5;
              const top = u.valToPos(high, "y", true);
              const bottom = u.valToPos(low, "y", true);
              ctx.globalAlpha = 0.12 + 0.88 * (Math.log1p(column[band]) / Math.log1p(most));
              ctx.fillRect(left, top, width, Math.max(1, bottom - top));
            }
          }
          ctx.restore();
        },
      },
    };
  }

  function axes(unit) {
    const axis = {
      stroke: k.color("quiet"),
      grid: { stroke: k.color("line"), width: 1 },
      ticks: { stroke: k.color("line"), width: 1, size: 4 },
      font: "11px system-ui, sans-serif",
    };
    return [
      { ...axis, values: CLOCK, incrs: DISTANCES, space: 66 },
      { ...axis, size: 58, values: (u, ticks) => ticks.map((v) => (v === null ? "" : k.number(v) + unit)) },
    ];
  }

  /** Ticks of a logarithmic axis: the most round numbers that there is room for. */
  function roundNumbers(u, axis, min, max) {
    const room = Math.max(3, (u.bbox.height || HEIGHT / 2) / (devicePixelRatio || 1) / 20);
    let ticks = [];
    for (const digits of [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]]) {
      const more = [];
      for (let ten = 10 ** Math.floor(Math.log10(min)); ten <= max; ten *= 10)
        more.push(...digits.map((digit) => digit * ten).filter((tick) => tick >= min && tick <= max));
      if (more.length <= room || !ticks.length) ticks = more;
    }
    return ticks;
  }

  const value =
    (unit, show = k.number) =>
    (u, v) =>
      v === null || v === undefined ? "–" : show(v) + unit;
  const X = { label: "Time", value: "{HH}:{mm}:{ss}" };
  const NO_POINTS = { points: { show: false } };
  const upFromZero = { range: (u, min, max) => [0, max > 0 ? max * 1.08 : 1] };
  const alpha = (color, share) => `color-mix(in srgb, ${color} ${share}%, transparent)`;

  const percent = (share) => Number((share * 100).toFixed(6)) + "%";

  /** From green to red, as many as there are lines. */
  function percentileColors(count) {
    const all = ["p50", "p75", "p90", "p95", "p99"].map((name) => k.color(name));
    if (count === 2) return [all[0], all[3]];
    return Array.from({ length: count }, (_, i) =>
      count < 2 ? all[0] : all[Math.round((i * (all.length - 1)) / (count - 1))],
    );
  }

  /** The charts there are: title, how to draw, which columns, and a sentence for who cannot see. */
  const KINDS = [
    {
      title: "Requests per second",
      options: () => ({
        scales: { y: upFromZero },
        axes: axes(""),
        series: [
          X,
          {
            label: "RPS",
            stroke: k.color("good"),
            width: 1.5,
            fill: alpha(k.color("good"), 10),
            ...NO_POINTS,
            value: value("", k.rate),
          },
          {
            label: "Failures/s",
            stroke: k.color("bad"),
            width: 1.5,
            fill: alpha(k.color("bad"), 15),
            ...NO_POINTS,
            value: value("", k.rate),
          },
        ],
      }),
      data: (d) => [d.t, d.rps, d.fps],
      words: (p) => `${k.number(p.rps)} requests per second, ${k.number(p.fps)} failures per second`,
    },
    {
      title: "Response times (ms), percentiles",
      options: (timeline) => {
        const colors = percentileColors(timeline.percentiles.length);
        return {
          scales: { y: upFromZero },
          axes: axes(""),
          series: [
            X,
            ...timeline.percentiles.map((p, i) => ({
              label: percent(p),
              stroke: colors[i],
              width: i === 0 || i >= 3 ? 1.5 : 1,
              ...NO_POINTS,
              value: value(" ms", k.millis),
            })),
          ],
          bands: timeline.percentiles.slice(1).map((p, i) => ({
            series: [i + 2, i + 1],
            fill: alpha(colors[i + 1], 16),
          })),
        };
      },
      data: (d) => [d.t, ...d.p],
      words: (p, timeline) =>
        p.p.length
          ? timeline.percentiles.map((share, i) => `${percent(share)} below ${k.number(p.p[i])}`).join(", ") +
            " milliseconds"
          : "idle",
    },
    {
      title: "Users",
      options: () => ({
        scales: { y: upFromZero },
        axes: axes(""),
        series: [
          X,
          {
            label: "Users",
            stroke: k.color("accent"),
            width: 1.5,
            fill: alpha(k.color("accent"), 10),
            paths: uPlot.paths.stepped({ align: 1 }),
            ...NO_POINTS,
            value: value(""),
          },
        ],
      }),
      data: (d) => [d.t, d.users],
      words: (p) => `${k.number(p.users)} users`,
    },
    {
      title: "Response times (ms), how often",
      heat: true,
      options: (timeline, state) => ({
        scales: {
          y: {
            distr: 3,
            range: () => heatRange(state.timeline),
          },
        },
        axes: axes("").map((axis, i) =>
          i ? { ...axis, grid: { show: false }, splits: roundNumbers, filter: (u, ticks) => ticks } : axis,
        ),
        legend: { show: false },
        series: [X, { label: "slowest band", stroke: "transparent", points: { show: false } }],
      }),
      data: (d, timeline) => [d.t, d.heat.map(() => timeline.heat_bounds[0])],
      words: () => "how response times are spread over time",
    },
  ];

  /** What the pointer is on, in words: the band and its requests; without pointer, what the colours mean. */
  function heatWords(u, state) {
    const { idx, top } = u.cursor;
    const { t, heat, from } = state.data;
    // The column that covers this second.
    let at = idx;
    while (at != null && at < t.length && !heat[at].length) at++;
    if (at == null || at >= t.length || from[at] > t[idx] || top < 0) return "";
    const column = heat[at];
    const bounds = state.timeline.heat_bounds;
    const time = u.posToVal(top, "y");
    let band = bounds.findIndex((bound) => time <= bound);
    if (band < 0) band = bounds.length;
    const above = band ? k.number(bounds[band - 1]) : "0";
    const range = band < bounds.length ? `${above} to ${k.number(bounds[band])} ms` : `over ${above} ms`;
    return `${k.clock(t[at])}, ${range}: ${k.number(column[band])} requests`;
  }

  /** The bands that hold anything, with one empty band on each side. */
  function heatRange(timeline) {
    const bounds = timeline.heat_bounds;
    let first = bounds.length;
    let last = 0;
    for (const point of timeline.points) {
      point.heat.forEach((count, band) => {
        if (count) {
          first = Math.min(first, band);
          last = Math.max(last, band);
        }
      });
    }
    if (first > last) return [1, 1000];
    const low = bounds[Math.max(0, first - 2)] * (first < 2 ? 0.7 : 1);
    return [low, bounds[Math.min(bounds.length - 1, last + 1)] * 1.05];
  }

  /**
   * Lets each chart be as wide as its box until the returned observer is told to stop. Each box is watched itself, not
   * what holds them: the first word about a new box always comes, and after the page is laid out. A scroll bar that
   * goes with old charts and comes back with new ones would be no change of what holds them.
   */
  function keepWidths(plots) {
    const sizes = new ResizeObserver(() => {
      for (const { u, box } of plots) {
        const width = Math.max(260, box.clientWidth);
        if (width !== u.width) u.setSize({ width, height: HEIGHT });
      }
    });
    plots.forEach(({ box }) => sizes.observe(box));
    return sizes;
  }

  /**
   * A legend whose lines can be switched on and off by keyboard as by mouse, and which says which are on.
   *
   * @param place where it goes: what a picture holds cannot be operated
   * @param off labels of lines that are off; kept by who draws the chart again
   */
  function legendPlugin(place, title, off) {
    let labels = [];
    const tell = (u) =>
      labels.forEach((label, i) => {
        const { label: name, show } = u.series[i];
        label.setAttribute("aria-pressed", String(show));
        if (show) off.delete(name);
        else off.add(name);
      });
    return {
      opts: (u, options) => ({
        ...options,
        legend: { ...options.legend, mount: (chart, table) => place.append(table) },
        series: options.series.map((line) => ({ ...line, show: !off.has(line.label) })),
      }),
      hooks: {
        ready: (u) => {
          const table = place.querySelector("table");
          if (!table) return;
          table.setAttribute("role", "group");
          table.setAttribute("aria-label", "Lines of " + title);
          // The first is the time.
          labels = [...table.querySelectorAll("th")];
          delete labels[0];
          labels.forEach((label) => {
            label.tabIndex = 0;
            label.setAttribute("role", "button");
            label.title = "Show or hide this line";
            label.addEventListener("keydown", (event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              label.click();
            });
          });
          tell(u);
        },
        setSeries: tell,
      },
    };
  }

  /** A framed chart to be drawn: the box of the picture, and the place of the legend. */
  function frame(root, title) {
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    caption.textContent = title;
    const box = document.createElement("div");
    box.setAttribute("role", "img");
    const legend = document.createElement("div");
    figure.append(caption, box, legend);
    root.append(figure);
    return { figure, box, legend };
  }

  /** Puts all charts into an element; `update` gives them a new timeline, `destroy` takes them away. */
  k.charts = function (root, timeline, { view, onChosen } = {}) {
    const state = { timeline, data: columns(timeline), span: "all", chosen: null, ...view, off: {} };
    let plots = [];
    let sizes = null;

    /** The part of the time axis that is shown. */
    function shown() {
      const { t } = state.data;
      const first = t.length ? t[0] : 0;
      const last = t.length ? t[t.length - 1] : 1;
      if (state.span === "chosen") return state.chosen;
      if (state.span === "run") {
        const start = state.timeline.marks.filter((mark) => mark.kind === "start").pop();
        return [Math.max(first, start ? start.time - 1 : first), last];
      }
      return [state.span === "all" ? first : Math.max(first, last - Number(state.span)), last];
    }

    /** New data, the same part of the time axis. */
    function put({ u, kind }) {
      const [min, max] = shown();
      u.batch(() => {
        u.setData(kind.data(state.data, state.timeline), false);
        u.setScale("x", { min, max: max > min ? max : min + 1 });
      });
    }

    function select(u) {
      const { left, width } = u.select;
      if (width < 4) return;
      state.chosen = [u.posToVal(left, "x"), u.posToVal(left + width, "x")];
      state.span = "chosen";
      plots.forEach(put);
      u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
      if (onChosen) onChosen(state.chosen);
    }

    function clear() {
      if (sizes) sizes.disconnect();
      plots.forEach((plot) => plot.u.destroy());
      plots = [];
    }

    function build() {
      clear();
      root.replaceChildren();
      // All boxes first: each is as wide as it will be only when the others are there.
      const frames = KINDS.map((kind) => {
        const { figure, box, legend } = frame(root, kind.title);
        let words = null;
        if (kind.heat) {
          words = document.createElement("p");
          words.className = "heat-legend";
          const [few, many, said] = ["few", "many", ""].map((text) => {
            const span = document.createElement("span");
            span.textContent = text;
            return span;
          });
          const colours = document.createElement("span");
          colours.className = "colours";
          said.className = "said";
          words.append(few, colours, many, said);
          figure.append(words);
        }
        return { box, legend, words };
      });
      plots = KINDS.map((kind, which) => {
        const { box, legend, words } = frames[which];
        const off = (state.off[kind.title] ??= new Set());
        const u = new uPlot(
          {
            width: Math.max(260, box.clientWidth || 600),
            height: HEIGHT,
            hooks: {
              setCursor: [
                (plot) => {
                  if (plot.cursor.idx == null) showLast(plot);
                  if (words) words.lastChild.textContent = heatWords(plot, state);
                },
              ],
              setSelect: [select],
            },
            cursor: {
              sync: { key: SYNC, setSeries: false },
              points: { size: 5 },
              drag: { x: true, y: false, setScale: false },
              bind: { dblclick: () => null },
            },
            plugins: [
              ...(kind.heat ? [heatPlugin(state)] : []),
              marksPlugin(state),
              legendPlugin(legend, kind.title, off),
            ],
            ...kind.options(state.timeline, state),
          },
          kind.data(state.data, state.timeline),
          box,
        );
        return { u, kind, box };
      });
      sizes = keepWidths(plots);
      plots.forEach(put);
      describe();
    }

    /** Without a pointer the legend shows the latest values. */
    function showLast(plot) {
      const at = state.data.t.length - 1;
      if (at >= 0 && plot.legend && plot.legend.idx !== at) plot.setLegend({ idx: at }, false);
    }

    function describe() {
      const last = state.timeline.points[state.timeline.points.length - 1];
      for (const { u, kind, box } of plots) {
        if (u.cursor.idx == null) showLast(u);
        box.setAttribute(
          "aria-label",
          kind.title + ". " + (last ? "Now: " + kind.words(last, state.timeline) : "No data yet."),
        );
      }
    }

    const forgetTheme = k.onTheme(build);
    build();
    return {
      update(next) {
        const sameLines = String(state.timeline.percentiles) === String(next.percentiles);
        state.timeline = next;
        state.data = columns(next);
        if (!sameLines) {
          build();
          return;
        }
        plots.forEach(put);
        describe();
      },
      /** @param span all, run, chosen, or the last so many seconds */
      show(span) {
        state.span = span;
        plots.forEach(put);
      },
      destroy() {
        forgetTheme();
        clear();
      },
    };
  };

  /**
   * Two runs in one chart each, laid over one another at their beginning.
   *
   * @param runs two of {title, points}
   * @param at where a point has the percentile that is compared, or -1
   */
  k.overlay = function (root, runs, at) {
    const kinds = [
      { title: "Requests per second", pick: (point) => point.rps, show: k.rate, unit: "" },
      ...(at < 0
        ? []
        : [
            {
              title: "95% of response times (ms)",
              pick: (point) => point.p[at] ?? null,
              show: k.millis,
              unit: " ms",
            },
          ]),
    ];
    const lines = runs.map(({ title, points }) => ({
      title,
      points,
      begin: points.length ? points[0].t : 0,
    }));
    const seconds = [
      ...new Set(lines.flatMap(({ points, begin }) => points.map((p) => Math.round(p.t - begin)))),
    ];
    seconds.sort((a, b) => a - b);
    // All boxes first: each is as wide as it will be only when the others are there.
    const frames = kinds.map(({ title }) => {
      const made = frame(root, title);
      made.box.setAttribute("aria-label", `${title} of both runs, from their beginning`);
      return made;
    });
    const plots = kinds.map(({ title, pick, show, unit }, which) => {
      const { box, legend } = frames[which];
      const series = lines.map(({ points, begin }) => {
        const bySecond = new Map(points.map((point) => [Math.round(point.t - begin), pick(point)]));
        return seconds.map((second) => (bySecond.has(second) ? bySecond.get(second) : undefined));
      });
      const [x, y] = axes("");
      const u = new uPlot(
        {
          width: Math.max(260, box.clientWidth || 600),
          height: HEIGHT,
          plugins: [legendPlugin(legend, title, new Set())],
          scales: { x: { time: false }, y: upFromZero },
          axes: [{ ...x, values: (u, ticks) => ticks.map((tick) => k.duration(tick)) }, y],
          series: [
            { label: "After", value: (u, v) => (v === null || v === undefined ? "–" : k.duration(v)) },
            ...lines.map((line, i) => ({
              label: line.title,
              stroke: k.color(i ? "accent" : "quiet"),
              width: i ? 2 : 1.5,
              dash: i ? undefined : [4, 3],
              ...NO_POINTS,
              value: value(unit, show),
            })),
          ],
        },
        [seconds, ...series],
        box,
      );
      return { u, box };
    });
    const sizes = keepWidths(plots);
    return () => {
      sizes.disconnect();
      plots.forEach(({ u }) => u.destroy());
      root.replaceChildren();
    };
  };
})(self.katydid);
