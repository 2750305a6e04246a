"use strict";
// The page itself: what the run does now, and which panel is shown.
(function (k) {
  const { h, useState, useEffect, useRef } = k;
  const args = self.templateArgs;
  const MAX_POINTS = 2500;
  const COURSE_POINTS = 60;
  const EMPTY = { percentiles: [], heat_bounds: [1, 1000], points: [], marks: [] };

  /** The timeline: read once, then grown by the live line; read again when something else happened. */
  function useTimeline(live) {
    const [timeline, setTimeline] = useState(EMPTY);
    const marks = useRef(-1);
    const reload = () =>
      k.get("api/timeline").then(setTimeline, () => {
        marks.current = -1;
      });
    const newer = ({ points }, read) => {
      const last = points.length ? points[points.length - 1].t : 0;
      return read.filter((point) => point.t > last);
    };
    useEffect(() => {
      // What nobody sees is made up for by the first message after.
      if (!live || document.hidden) return;
      const { points } = timeline;
      const fresh = newer(timeline, live.points);
      const missed =
        fresh.length > 0 &&
        fresh.length === live.points.length &&
        points.length > 0 &&
        fresh[0].t - points[points.length - 1].t > 6;
      if (live.marks !== marks.current || missed || points.length > MAX_POINTS) {
        marks.current = live.marks;
        reload();
      } else if (fresh.length) {
        // What has been read meanwhile is kept; before that there is nothing that could grow.
        setTimeline((known) =>
          known === EMPTY ? EMPTY : { ...known, points: known.points.concat(newer(known, live.points)) },
        );
      }
    }, [live]);
    return [timeline, reload];
  }

  function Figure({ label, children, tone, course }) {
    return h(
      "div",
      { class: "figure " + (tone || "") },
      h("span", { class: "value" }, children),
      h("span", { class: "label" }, label),
      course && h(Course, { values: course }),
    );
  }

  /** The last minute or so of a figure as a small line; the charts have the whole test. */
  function Course({ values }) {
    const shown = values.slice(-COURSE_POINTS).map((value) => value ?? 0);
    if (shown.length < 3) return null;
    const most = Math.max(...shown, 1e-9);
    const line = shown
      .map((value, i) => (i * 100) / (shown.length - 1) + "," + (19 - (18 * value) / most).toFixed(1))
      .join(" ");
    return h(
      "svg",
      { class: "course", viewBox: "0 0 100 20", preserveAspectRatio: "none", "aria-hidden": "true" },
      h("polyline", { points: line, "vector-effect": "non-scaling-stroke" }),
    );
  }

  function Header({ live, lostAt, timeline, onForm, busy, act }) {
    const active = k.isActive(live.state);
    const last = timeline.points[timeline.points.length - 1];
    const at95 = timeline.percentiles.indexOf(0.95);
    const recent = active && last && at95 >= 0 && last.p.length > 0;
    const p95 = recent ? last.p[at95] : live.total.p95;
    const everStarted = live.state !== "ready";
    const started = timeline.marks.filter((mark) => mark.kind === "start").pop();
    const course = (pick) => everStarted && timeline.points.slice(-COURSE_POINTS).map(pick);
    const away = busy || lostAt !== null;
    return h(
      "header",
      { class: "top" },
      h(
        "div",
        { class: "brand" },
        h("img", { src: "assets/icon.svg", alt: "", width: 26, height: 26 }),
        h(
          "div",
          null,
          h("h1", null, "Katydid"),
          h("p", { class: "quiet", title: args.host }, args.locustfile, args.host && " · ", args.host),
        ),
      ),
      h(
        "div",
        { class: "figures" },
        h(
          "div",
          { class: "figure" },
          h(
            "span",
            { class: "state " + (lostAt ? "missing" : live.state), role: "status" },
            lostAt ? "lost" : live.state,
          ),
          h(
            "span",
            { class: "label" },
            lostAt
              ? "not connected"
              : active && started
                ? "for " +
                  k.duration(live.time - started.time) +
                  (live.ends_at ? `, ${k.duration(live.ends_at - live.time)} left` : "")
                : "state",
          ),
        ),
        everStarted &&
          h(Figure, { label: "users", course: course((point) => point.users) }, k.number(live.user_count)),
        live.distributed &&
          h(Figure, { label: "workers", tone: live.worker_count ? "" : "bad" }, k.number(live.worker_count)),
        everStarted && [
          active
            ? h(Figure, { label: "RPS", course: course((point) => point.rps) }, k.rate(live.total.rps))
            : h(
                Figure,
                { label: "RPS, average", course: course((point) => point.rps) },
                k.rate(live.total.total_rps),
              ),
          h(
            Figure,
            {
              label: "failures",
              tone: live.total.fail_ratio > 0 ? "bad" : "",
              course: course((point) => point.fps),
            },
            k.percent(live.total.fail_ratio),
          ),
          h(
            Figure,
            {
              label: recent ? "95% now, ms" : "95%, ms",
              course: at95 >= 0 && course((point) => point.p[at95]),
            },
            k.millis(p95),
          ),
        ],
      ),
      h(
        "div",
        { class: "actions" },
        active
          ? [
              !live.shape && h("button", { type: "button", disabled: away, onClick: onForm }, "Edit"),
              h(
                "button",
                { type: "button", class: "danger", disabled: away, onClick: () => act("stop") },
                "Stop",
              ),
            ]
          : everStarted &&
              h("button", { type: "button", class: "primary", disabled: away, onClick: onForm }, "New test"),
        everStarted &&
          h(
            "button",
            {
              type: "button",
              disabled: away,
              title: "Set all statistics to zero",
              onClick: () => act("stats/reset"),
            },
            "Reset",
          ),
        h(
          "button",
          {
            type: "button",
            class: "plain",
            "aria-label": "Switch between dark and light",
            title: "Dark or light",
            onClick: () => k.switchTheme(),
          },
          "◐",
        ),
        args.login &&
          h(
            "button",
            {
              type: "button",
              class: "plain",
              onClick: () => k.post("logout", new URLSearchParams()).then(() => location.reload()),
            },
            "Log out",
          ),
      ),
    );
  }

  function LostBanner({ lostAt }) {
    return (
      lostAt &&
      h(
        "div",
        { class: "error lost", role: "alert" },
        h("b", null, "The server does not answer since " + k.clock(lostAt) + ". "),
        "What you see is from then. The page asks every two seconds and goes on by itself.",
      )
    );
  }

  function HealthBanner({ live }) {
    const warnings = k.distrust(live);
    // Before a test there are no results that could be trusted or not.
    if (!warnings.length || live.state === "ready") return null;
    return h(
      "div",
      { class: "warning", role: "alert" },
      h("b", null, "The results are not to be trusted as they are. "),
      warnings.length === 1
        ? warnings[0]
        : h(
            "ul",
            null,
            warnings.slice(0, 6).map((warning) => h("li", null, warning)),
          ),
      warnings.length > 6 && h("p", null, `and ${warnings.length - 6} more.`),
    );
  }

  function Tabs({ tabs, chosen, choose }) {
    const list = useRef(null);
    useEffect(() => {
      // On a phone not all of them can be seen.
      const tab = list.current.querySelector("[aria-selected=true]");
      if (tab) tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    }, [chosen]);
    function key(event) {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step && event.key !== "Home" && event.key !== "End") return;
      event.preventDefault();
      const at = tabs.findIndex((tab) => tab.key === chosen);
      const to =
        event.key === "Home"
          ? 0
          : event.key === "End"
            ? tabs.length - 1
            : (at + step + tabs.length) % tabs.length;
      choose(tabs[to].key);
      document.getElementById("tab-" + tabs[to].key).focus();
    }
    return h(
      "div",
      { ref: list, class: "tabs", role: "tablist", "aria-label": "Views", onKeyDown: key },
      tabs.map((tab) =>
        h(
          "button",
          {
            type: "button",
            role: "tab",
            id: "tab-" + tab.key,
            "aria-selected": chosen === tab.key ? "true" : "false",
            "aria-controls": "panel",
            tabIndex: chosen === tab.key ? 0 : -1,
            onClick: () => choose(tab.key),
          },
          tab.title,
          tab.badge ? [" ", h("span", { class: "badge" }, tab.badge)] : null,
        ),
      ),
    );
  }

  /** @param running which form it is; it stays so when the test begins or ends meanwhile */
  function FormDialog({ running, live, workers, onClose }) {
    const dialog = useRef(null);
    k.useLayoutEffect(() => dialog.current.showModal(), []);
    // The dialog gives the focus back to what opened it.
    const close = () => dialog.current.close();
    return h(
      "dialog",
      { ref: dialog, onClose, "aria-label": running ? "Edit the running test" : "Start a test" },
      h(k.StartForm, { running, live, workers, onDone: close, onCancel: close }),
    );
  }

  function App() {
    const [live, lostAt] = k.useLive();
    const [timeline, reloadTimeline] = useTimeline(live);
    const [chosen, setChosen] = useState(location.hash.slice(1) || "statistics");
    /** The dialog that is open: "edit", "start", or null. */
    const [form, setForm] = useState(null);
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState(null);
    const active = live ? k.isActive(live.state) : null;
    const wasActive = useRef(null);
    useEffect(() => {
      // When the button or form that was used is gone, the keyboard goes on at the tabs.
      const tab = document.querySelector("[role=tab][aria-selected=true]");
      if (wasActive.current !== null && document.activeElement === document.body && tab)
        tab.focus({ preventScroll: true });
      wasActive.current = active;
    }, [active, form]);
    useEffect(() => {
      // Back and forward go through the tabs that were looked at.
      const follow = () => {
        setChosen(location.hash.slice(1) || "statistics");
        setForm(null);
      };
      addEventListener("popstate", follow);
      return () => removeEventListener("popstate", follow);
    }, []);
    useEffect(() => {
      if (live) document.title = k.isActive(live.state) ? `${k.rate(live.total.rps)} RPS · Katydid` : "Katydid";
    }, [live]);
    if (!live)
      return h(
        "main",
        { class: "quiet", role: "status" },
        lostAt ? "The server does not answer. This page tries again every two seconds." : "Connecting…",
      );

    async function act(address) {
      setBusy(true);
      try {
        await k.post(address, new URLSearchParams());
        setProblem(null);
      } catch (error) {
        setProblem(error.message);
      }
      setBusy(false);
    }
    function choose(key) {
      if (key === shown.key) return;
      setChosen(key);
      history.pushState(null, "", "#" + key);
    }

    const workers = live.distributed ? live.worker_count : null;
    const tabs = [
      { key: "statistics", title: "Statistics", panel: () => h(k.StatsTable, { live }) },
      { key: "charts", title: "Charts", panel: () => h(k.ChartsPanel, { timeline, onNote: reloadTimeline }) },
      {
        key: "failures",
        title: "Failures",
        badge: live.total.failures ? k.number(live.total.failures) : "",
        panel: () => h(k.FailuresPanel, { live }),
      },
      {
        key: "exceptions",
        title: "Exceptions",
        badge: live.exceptions ? k.number(live.exceptions) : "",
        panel: () => h(k.ExceptionsPanel, { live }),
      },
      { key: "ratio", title: "Current ratio", panel: () => h(k.RatioPanel, { live }) },
      {
        key: "workers",
        title: live.distributed ? "Workers" : "Generator",
        panel: () => h(k.GeneratorPanel, { live }),
      },
      { key: "logs", title: "Logs", panel: () => h(k.LogsPanel, { live }) },
      { key: "data", title: "Download data", panel: () => h(k.DownloadPanel, null) },
      ...(args.extended_tabs || []).map((tab) => ({
        key: "x-" + tab.key,
        title: tab.title,
        panel: () => h(k.ExtendedPanel, { tab, live }),
      })),
    ];
    const shown = tabs.find((tab) => tab.key === chosen) || tabs[0];
    return h(
      "div",
      { class: lostAt ? "page away" : "page" },
      h(Header, { live, lostAt, timeline, busy, act, onForm: () => setForm(active ? "edit" : "start") }),
      h(LostBanner, { lostAt }),
      h(HealthBanner, { live }),
      problem && h("p", { class: "error", role: "alert" }, problem),
      live.state === "ready"
        ? h(
            "main",
            { class: "first" },
            h(k.StartForm, { running: false, live, workers, onDone: () => {} }),
          )
        : h(
            "main",
            null,
            h(Tabs, { tabs, chosen: shown.key, choose }),
            h(
              "div",
              { id: "panel", role: "tabpanel", "aria-labelledby": "tab-" + shown.key, key: shown.key },
              shown.panel(),
            ),
          ),
      form && h(FormDialog, { running: form === "edit", live, workers, onClose: () => setForm(null) }),
      h("footer", { class: "quiet" }, "Katydid, compatible with Locust ", args.version),
    );
  }

  k.render(h(App), document.getElementById("root"));
})(self.katydid);
