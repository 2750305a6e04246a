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
      useRef: preactHooks.useRef,
    });
  }

  const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  const one = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
  const two = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

  /** A number in as few digits as it needs to be compared with its neighbours. */
  k.number = function (value) {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    const size = Math.abs(value);
    return (size >= 100 || Number.isInteger(value) ? whole : size >= 10 ? one : two).format(value);
  };
  k.millis = (value) => k.number(value);
  k.percent = (ratio) => (ratio ? (ratio < 0.001 ? "<0.1" : one.format(ratio * 100)) : "0") + "%";
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
  k.clock = function (epochSeconds) {
    return epochSeconds ? new Date(epochSeconds * 1000).toLocaleTimeString() : "";
  };

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
  k.onTheme = (listener) => themeListeners.push(listener);
  k.switchTheme = () => k.setTheme(k.theme() === "dark" ? "light" : "dark", true);
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
