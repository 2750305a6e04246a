"use strict";
// What every other script of the page uses: elements, numbers as text, requests to the server, light and dark.
// The report uses it too, without preact.
(function () {
  const k = (self.katydid = {});
  if (self.preact) {
    k.h = preact.h;
    k.render = preact.render;
    Object.assign(k, {
      useState: preactHooks.useState,
      useEffect: preactHooks.useEffect,
      useLayoutEffect: preactHooks.useLayoutEffect,
      useRef: preactHooks.useRef,
    });
    const kept = new Map();
    /** As useState, but a panel that was left finds its state again when it comes back. */
    k.useKept = function (name, initial) {
      const [value, setValue] = k.useState(kept.has(name) ? kept.get(name) : initial);
      const keep = (next) => {
        kept.set(name, next);
        setValue(next);
      };
      return [value, keep];
    };
  }

  const digits = (count, always) =>
    new Intl.NumberFormat("en", {
      maximumFractionDigits: count,
      minimumFractionDigits: always ? count : 0,
    });
  const [whole, one, two] = [0, 1, 2].map((count) => digits(count, false));
  const [, exactlyOne, exactlyTwo] = [0, 1, 2].map((count) => digits(count, true));
  const unknown = (value) => value === null || value === undefined || Number.isNaN(value);

  /** A number in as few digits as it needs to be compared with its neighbours. */
  k.number = function (value) {
    if (unknown(value)) return "–";
    const size = Math.abs(value);
    return (size >= 100 || Number.isInteger(value) ? whole : size >= 10 ? one : two).format(value);
  };
  /** A time in milliseconds: three digits that say something, so that a column reads evenly and does not flicker. */
  k.millis = function (value) {
    if (unknown(value)) return "–";
    const rounded = value >= 100 || Number.isInteger(value);
    return (rounded ? whole : value >= 10 ? exactlyOne : exactlyTwo).format(value);
  };
  /** The same with its unit. */
  k.millisOf = (value) => (unknown(value) ? "–" : k.millis(value) + " ms");
  /** So many a second. */
  k.rate = function (value) {
    if (unknown(value)) return "–";
    return (value === 0 || value >= 100 ? whole : value >= 1 ? exactlyOne : exactlyTwo).format(value);
  };
  /** A share of all; none and all are exact, what is almost so is not rounded to them. */
  k.percent = function (ratio) {
    if (unknown(ratio)) return "–";
    if (ratio <= 0) return "0%";
    if (ratio >= 1) return whole.format(ratio * 100) + "%";
    if (ratio < 0.001) return "<0.1%";
    return exactlyOne.format(Math.min(99.9, ratio * 100)) + "%";
  };
  /** Seconds as 4:05 or 1:04:05. */
  k.duration = function (seconds) {
    const rest = Math.max(0, Math.floor(seconds));
    const two = (value) => String(value).padStart(2, "0");
    const hours = Math.floor(rest / 3600);
    const minutes = Math.floor(rest / 60) % 60;
    return (hours ? hours + ":" + two(minutes) : String(minutes)) + ":" + two(rest % 60);
  };
  k.bytes = function (value) {
    if (!value) return "–";
    const units = ["B", "kB", "MB", "GB"];
    let i = 0;
    while (value >= 1000 && i < units.length - 1) {
      value /= 1000;
      i++;
    }
    return k.number(value) + " " + units[i];
  };
  /** A moment as the charts and log lines have it: 17:04:05, with the date unless it is of today. */
  k.clock = function (epochSeconds) {
    if (!epochSeconds) return "";
    const time = new Date(epochSeconds * 1000);
    const two = (value) => String(value).padStart(2, "0");
    const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":");
    if (time.toDateString() === new Date().toDateString()) return clock;
    return [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-") + " " + clock;
  };
  /** Seconds as the forms take them: 1h4m5s. */
  k.span = function (seconds) {
    const rest = Math.max(0, Math.round(seconds));
    const parts = [Math.floor(rest / 3600) + "h", (Math.floor(rest / 60) % 60) + "m", (rest % 60) + "s"];
    return parts.filter((part) => part[0] !== "0").join("") || "0s";
  };

  /** So often is read what hardly changes any more: last reports come late, and somebody may reset the statistics. */
  k.IDLE_MS = 5000;

  /** Whether users run, come or go in that state. */
  k.isActive = (state) => !["ready", "stopped", "missing"].includes(state);

  k.get = async function (address) {
    const reply = await fetch(address, { headers: { Accept: "application/json" } });
    if (reply.redirected && reply.url.includes("/login")) location.reload();
    if (!reply.ok) throw new Error((await reply.text()) || reply.statusText);
    return reply.json();
  };

  /** Posts a form, or JSON when the body is a string; resolves to the response. */
  k.post = async function (address, body) {
    const token = document.querySelector("meta[name=csrf-token]");
    const headers = token ? { "X-CSRF-Token": token.content } : {};
    if (typeof body === "string") headers["Content-Type"] = "application/json";
    const reply = await fetch(address, { method: "POST", headers, body });
    if (!reply.ok) throw new Error((await reply.text()) || reply.statusText);
    return reply;
  };

  const themeListeners = [];
  k.theme = () => document.documentElement.dataset.theme;
  k.setTheme = function (name, remember) {
    document.documentElement.dataset.theme = name;
    if (remember) {
      try {
        localStorage.setItem("katydid-theme", name);
      } catch {
        // Private windows may refuse storage; the choice then lasts as long as the page.
      }
    }
    themeListeners.forEach((listener) => listener(name));
  };
  /** Calls the listener with each new theme, until the function that is returned has been called. */
  k.onTheme = function (listener) {
    themeListeners.push(listener);
    return () => themeListeners.splice(themeListeners.indexOf(listener), 1);
  };
  k.switchTheme = () => k.setTheme(k.theme() === "dark" ? "light" : "dark", true);
  // Paper is light. The panels draw themselves anew before the page is printed.
  let onScreen = null;
  addEventListener("beforeprint", () => {
    onScreen = k.theme();
    if (onScreen !== "light") k.setTheme("light", false);
  });
  addEventListener("afterprint", () => onScreen !== k.theme() && k.setTheme(onScreen, false));
  let remembered = null;
  try {
    remembered = localStorage.getItem("katydid-theme");
  } catch {
    remembered = null;
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  k.setTheme(self.theme || remembered || (dark.matches ? "dark" : "light"), false);

  k.color = (name) =>
    getComputedStyle(document.documentElement)
      .getPropertyValue("--" + name)
      .trim();
})();
