"use strict";
// The page itself: what the run does now, which panel is shown, and the live connection.
(function (k) {
  const { h, useState, useEffect, useRef } = k;
  const args = self.templateArgs;
  const POLL_MS = 2000;
  const MAX_POINTS = 2500;
  const EMPTY = { percentiles: [], heat_bounds: [1, 1000], points: [], marks: [] };
  const isActive = (state) => !["ready", "stopped", "missing"].includes(state);

  /** The live line: server-sent events, and polling for as long as they do not work. */
  function useLive() {
    const [live, setLive] = useState(null);
    const [connected, setConnected] = useState(true);
    useEffect(() => {
      let source = null;
      let poll = 0;
      const take = (message) => {
        setLive(message);
        setConnected(true);
      };
      const pollOnce = () => k.get("api/live").then(take, () => setConnected(false));
      const startPolling = () => {
        if (!poll) poll = setInterval(pollOnce, POLL_MS);
      };
      if (self.EventSource) {
        source = new EventSource("api/events");
        source.onmessage = (event) => {
          clearInterval(poll);
          poll = 0;
          take(JSON.parse(event.data));
        };
        source.onerror = () => {
          pollOnce();
          startPolling();
        };
      } else {
        startPolling();
      }
      pollOnce();
      return () => {
        if (source) source.close();
        clearInterval(poll);
      };
    }, []);
    return [live, connected];
  }

  /** The timeline: read once, then grown by the live line; read again when something else happened. */
  function useTimeline(live) {
    const [timeline, setTimeline] = useState(EMPTY);
    const marks = useRef(-1);
    const reload = () =>
      k.get("api/timeline").then(
        (read) => setTimeline(read),
        () => {},
      );
    useEffect(() => {
      if (!live) return;
      const last = timeline.points.length ? timeline.points[timeline.points.length - 1].t : 0;
      const fresh = live.points.filter((point) => point.t > last);
      const missed =
        fresh.length > 0 && fresh.length === live.points.length && last > 0 && fresh[0].t - last > 6;
      if (live.marks !== marks.current || missed || timeline.points.length > MAX_POINTS) {
        marks.current = live.marks;
        reload();
      } else if (fresh.length) {
        setTimeline({ ...timeline, points: timeline.points.concat(fresh) });
      }
    }, [live]);
    return [timeline, reload];
  }

  function Figure({ label, children, tone }) {
    return h(
      "div",
      { class: "figure " + (tone || "") },
      h("span", { class: "value" }, children),
      h("span", { class: "label" }, label),
    );
  }

  function Header({ live, connected, timeline, onForm, busy, act }) {
    const active = isActive(live.state);
    const last = timeline.points[timeline.points.length - 1];
    const at95 = timeline.percentiles.indexOf(0.95);
    const recent = active && last && at95 >= 0 && last.p.length > 0;
    const p95 = recent ? last.p[at95] : live.total.p95;
    const everStarted = live.state !== "ready";
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
          h("span", { class: "state " + live.state, role: "status" }, live.state),
          h("span", { class: "label" }, connected ? "state" : "not connected"),
        ),
        h(Figure, { label: "users" }, k.number(live.user_count)),
        live.distributed &&
          h(Figure, { label: "workers", tone: live.worker_count ? "" : "bad" }, k.number(live.worker_count)),
        active
          ? h(Figure, { label: "RPS" }, k.number(live.total.rps))
          : h(Figure, { label: "RPS, average" }, k.number(live.total.total_rps)),
        h(
          Figure,
          { label: "failures", tone: live.total.fail_ratio > 0 ? "bad" : "" },
          k.percent(live.total.fail_ratio),
        ),
        h(Figure, { label: recent ? "95% now, ms" : "95%, ms" }, k.number(p95)),
      ),
      h(
        "div",
        { class: "actions" },
        active
          ? [
              !args.is_shape && h("button", { type: "button", onClick: onForm }, "Edit"),
              h(
                "button",
                { type: "button", class: "danger", disabled: busy, onClick: () => act("stop") },
                "Stop",
              ),
            ]
          : everStarted && h("button", { type: "button", class: "primary", onClick: onForm }, "New test"),
        everStarted &&
          h("button", { type: "button", disabled: busy, onClick: () => act("stats/reset") }, "Reset"),
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

  function HealthBanner({ live }) {
    const warnings = k.distrust(live);
    if (!warnings.length) return null;
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
      { class: "tabs", role: "tablist", "aria-label": "Views", onKeyDown: key },
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
          tab.badge ? h("span", { class: "badge" }, tab.badge) : null,
        ),
      ),
    );
  }

  function FormDialog({ running, live, workers, onClose }) {
    const dialog = useRef(null);
    useEffect(() => dialog.current.showModal(), []);
    return h(
      "dialog",
      { ref: dialog, onClose },
      h(k.StartForm, { running, live, workers, onDone: onClose, onCancel: onClose }),
    );
  }

  function App() {
    const [live, connected] = useLive();
    const [timeline, reloadTimeline] = useTimeline(live);
    const [chosen, setChosen] = useState(location.hash.slice(1) || "statistics");
    const [form, setForm] = useState(false);
    const [busy, setBusy] = useState(false);
    const [problem, setProblem] = useState(null);
    useEffect(() => {
      if (live)
        document.title = isActive(live.state) ? `${k.number(live.total.rps)} RPS · Katydid` : "Katydid";
    }, [live]);
    if (!live)
      return h(
        "main",
        { class: "quiet" },
        connected ? "Connecting…" : "The server does not answer. This page tries again every two seconds.",
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
      setChosen(key);
      history.replaceState(null, "", "#" + key);
    }

    const active = isActive(live.state);
    const workers = live.distributed ? live.worker_count : null;
    const tabs = [
      { key: "statistics", title: "Statistics", panel: () => h(k.StatsTable, { active }) },
      { key: "charts", title: "Charts", panel: () => h(k.ChartsPanel, { timeline, onNote: reloadTimeline }) },
      {
        key: "failures",
        title: "Failures",
        badge: live.total.failures ? k.number(live.total.failures) : "",
        panel: () => h(k.FailuresPanel, { active }),
      },
      { key: "exceptions", title: "Exceptions", panel: () => h(k.ExceptionsPanel, { active }) },
      { key: "ratio", title: "Current ratio", panel: () => h(k.RatioPanel, { active }) },
      {
        key: "workers",
        title: live.distributed ? "Workers" : "Generator",
        panel: () => h(k.GeneratorPanel, { live }),
      },
      { key: "logs", title: "Logs", panel: () => h(k.LogsPanel, null) },
      { key: "data", title: "Download data", panel: () => h(k.DownloadPanel, null) },
      ...(args.extended_tabs || []).map((tab) => ({
        key: "x-" + tab.key,
        title: tab.title,
        panel: () => h(k.ExtendedPanel, { tab, active }),
      })),
    ];
    const shown = tabs.find((tab) => tab.key === chosen) || tabs[0];
    return h(
      "div",
      { class: "page" },
      h(Header, { live, connected, timeline, busy, act, onForm: () => setForm(true) }),
      h(HealthBanner, { live }),
      problem && h("p", { class: "error", role: "alert" }, problem),
      live.state === "ready"
        ? h("main", { class: "first" }, h(k.StartForm, { running: false, live, workers, onDone: () => {} }))
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
      form && h(FormDialog, { running: active, live, workers, onClose: () => setForm(false) }),
      h("footer", { class: "quiet" }, "Katydid, compatible with Locust ", args.version),
    );
  }

  k.render(h(App), document.getElementById("root"));
})(self.katydid);
