"use strict";
// The report's only behaviour: charts, and the switch between light and dark.
(function (k) {
  k.charts(document.getElementById("charts"), self.templateArgs.timeline);
  const button = document.getElementById("theme-switch");
  button.hidden = false;
  button.addEventListener("click", () => k.switchTheme());
})(self.katydid);
