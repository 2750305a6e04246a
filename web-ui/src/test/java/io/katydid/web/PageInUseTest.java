package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.katydid.console.GeneratorHealth;
import io.katydid.console.RunStatus;
import io.katydid.console.RunTimeline;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page as it is used: in many tabs, forth and back, while the test changes, by keyboard, on a phone and on paper.
 * Skipped when the machine has no Chromium.
 */
final class PageInUseTest {
  /** Remembers each text that is drawn into a canvas. */
  private static final String DRAWN = """
      const draw = CanvasRenderingContext2D.prototype.fillText;
      self.drawn = [];
      CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
        self.drawn.push({ text: String(text), canvas: this.canvas });
        return draw.call(this, text, ...place);
      };
      self.textsOf = (which) => {
        const canvas = document.querySelectorAll('figure canvas')[which];
        return [...new Set(self.drawn.filter((one) => one.canvas === canvas).map((one) => one.text))];
      };
      """;

  /** What can be operated and seen, with its size and colours. */
  private static final String CONTROLS = """
      (() => {
        const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
          .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
          .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const contrast = (one, other) => {
          const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
          return (bright + 0.05) / (dark + 0.05);
        };
        const behind = (element) => {
          for (let e = element.parentElement; e; e = e.parentElement) {
            const colour = rgb(getComputedStyle(e).backgroundColor);
            if (colour.length === 3 || colour[3] > 0.9) return colour;
          }
          return [255, 255, 255];
        };
        return [...document.querySelectorAll("button, a, input, select, summary, [role=button]")]
          .filter((e) => e.checkVisibility())
          .map((e) => {
            const target = e.type === "checkbox" ? e.closest("label") : e;
            const { width, height } = target.getBoundingClientRect();
            const style = getComputedStyle(e);
            const edged = parseFloat(style.borderTopWidth) > 0 && !/,\\s*0\\)$/.test(style.borderTopColor)
              && e.matches("button, .button, input:not([type=checkbox]), select") && !e.matches(".tabs *");
            return {
              name: e.outerHTML.slice(0, 120), width, height,
              contrast: edged ? contrast(rgb(style.borderTopColor), behind(e)) : 21,
            };
          });
      })()""";

  private static Chromium browser;

  @BeforeAll
  static void startBrowser() throws Exception {
    Optional<Path> program = Chromium.program();
    Assumptions.assumeTrue(program.isPresent(), "no chromium on the PATH: install it to test the page");
    browser = new Chromium(program.get());
  }

  @AfterAll
  static void stopBrowser() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void onADesk() throws Exception {
    browser.size(1280, 800);
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  private static void picture(String name) throws Exception {
    Path folder = Path.of("target", "screenshots");
    Files.createDirectories(folder);
    browser.screenshot(folder.resolve(name + ".png"));
  }

  private static void open(RunningWeb web, String fragment) throws Exception {
    browser.complaints.clear();
    browser.open("about:blank#");
    browser.open(web.uri("/" + fragment).toString());
    browser.await("document.querySelector('.page')");
  }

  private static void type(String selector, String text) throws Exception {
    browser.await("document.querySelector(`" + selector + "`)");
    browser.eval("(e => { e.value = `" + text + "`; const type = e.tagName === 'SELECT' ? 'change' : 'input';"
        + "e.dispatchEvent(new Event(type, {bubbles: true})); })(document.querySelector(`" + selector + "`))");
  }

  private static void changed(RunningWeb web) {
    web.pass(Duration.ofSeconds(2));
  }

  @Test
  void stopWorksWithTenTabsOpenAndAllOfThemSeeIt() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    List<JsonNode> others = new ArrayList<>();
    try (RunningWeb web = new RunningWeb(console)) {
      String address = web.uri("/").toString();
      open(web, "");
      for (int i = 0; i < 9; i++) {
        others.add(browser.tab(address));
      }
      awaitTitles(address, "RPS · Katydid");
      browser.click("button.danger");
      browser.await("document.querySelector('.top button.primary')");
      assertTrue(console.calls.contains("stop"));
      changed(web);
      awaitTitles(address, "Katydid");
    } finally {
      for (JsonNode tab : others) {
        browser.closeTab(tab);
      }
    }
  }

  /** Waits until all ten tabs have a title that ends so, and is nothing else if it is that short. */
  private static void awaitTitles(String address, String end) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    List<String> titles = browser.titles(address);
    while (titles.size() != 10
        || !titles.stream().allMatch(title -> title.equals(end) || end.startsWith("RPS") && title.endsWith(end))) {
      assertTrue(System.nanoTime() < deadline, titles + " instead of ten of " + end);
      Thread.sleep(100);
      titles = browser.titles(address);
    }
  }

  @Test
  void backAndForwardGoThroughTheTabs() throws Exception {
    try (RunningWeb web = new RunningWeb(BusyTest.console(6, now()))) {
      open(web, "");
      browser.click("#tab-charts");
      browser.click("#tab-logs");
      browser.await("document.querySelector('pre.log')");
      browser.eval("history.back()");
      browser.await("document.querySelector('figure')");
      assertEquals("#charts", browser.eval("location.hash").asText());
      browser.eval("history.back()");
      browser.await("document.querySelector('table.stats')");
      browser.eval("history.forward()");
      browser.await("document.querySelector('figure')");
    }
  }

  @Test
  void filterSortAndSpanAreThereAgainAfterAnotherTab() throws Exception {
    FakeConsole console = BusyTest.console(40, now());
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "");
      type("#filter", "/checkout");
      browser.click("th.n button");
      String sorted = "document.querySelector('th[aria-sort=descending]') && "
          + "document.querySelector('.bar [role=status]').innerText === '5 of 40 rows'";
      browser.await(sorted);
      long requests = console.rows.stream().filter(row -> row.name().startsWith("/checkout"))
          .mapToLong(StatsSnapshot.Row::requests).sum();
      browser.await("document.querySelector('tfoot').innerText.includes('These 5 rows')");
      String number = String.format(java.util.Locale.ENGLISH, "%,d", requests);
      assertTrue(browser.text("tfoot").contains(number), browser.text("tfoot") + " has no " + number);
      browser.click("#tab-charts");
      type("#panel select", "60");
      browser.click("#tab-logs");
      type(".bar input", "WARNING");
      browser.await("document.querySelector('.bar [role=status]').innerText === '1 of 2 messages'");
      browser.click("#tab-statistics");
      browser.await(sorted + " && document.getElementById('filter').value === '/checkout'");
      browser.click("#tab-charts");
      browser.await("document.querySelector('#panel select').value === '60'");
      browser.click("#tab-logs");
      browser.await("document.querySelector('.bar input').value === 'WARNING'");
    }
  }

  @Test
  void anEditKeepsTheTimeLimitUnlessItIsChanged() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    console.secondsLeft = OptionalDouble.of(754);
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "");
      browser.await("/for \\d+:\\d\\d, 12:3\\d left/.test(document.querySelector('.figures').innerText)");
      for (String time : List.of("untouched", "1h", "")) {
        browser.click(".top .actions button");
        browser.await("document.querySelector('dialog [name=run_time]').value === '12m34s'");
        if (!time.equals("untouched")) {
          type("dialog [name=run_time]", time);
        }
        browser.click("dialog button.primary");
        browser.await("!document.querySelector('dialog')");
      }
      assertEquals(List.of(true, false, false), console.starts.stream().map(start -> start.keepsRunTime()).toList());
      assertEquals(3600.0, console.starts.get(1).runTimeSeconds());
      assertNull(console.starts.get(2).runTimeSeconds());
    }
  }

  @Test
  void anOpenFormStaysWhatItIsWhenTheTestEndsOrBegins() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    console.secondsLeft = OptionalDouble.of(754);
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "");
      RunStatus running = console.status;
      browser.click(".top .actions button");
      browser.await("document.querySelector('dialog h2').innerText === 'Edit the running test'");
      console.status = new RunStatus("stopped", 0, true, running.workers());
      console.secondsLeft = OptionalDouble.empty();
      changed(web);
      browser.await("document.querySelector('dialog .warning')");
      assertTrue(browser.text("dialog").matches("(?s).*ends at [\\d: -]+\\. .*"), browser.text("dialog"));
      assertEquals("2400", browser.eval("document.querySelector('dialog [name=user_count]').value").asText());
      assertTrue(browser.text("dialog").startsWith("Edit the running test"), browser.text("dialog"));
      assertTrue(browser.eval("document.querySelector('dialog button.primary').disabled").asBoolean());
      picture("edit-ended");
      browser.eval("document.querySelector('dialog .last button:not(.primary)').click()");
      browser.await("!document.querySelector('dialog')");
      browser.click(".top button.primary");
      browser.await("document.querySelector('dialog h2').innerText === 'Start a test'");
      console.status = running;
      changed(web);
      browser.await("document.querySelector('dialog .warning').innerText.startsWith('A test has been started')");
      assertTrue(browser.text("dialog").startsWith("Start a test"), browser.text("dialog"));
      assertTrue(browser.eval("document.querySelector('dialog button.primary').disabled").asBoolean());
      assertEquals(List.of(), console.starts);
    }
  }

  @Test
  void withAShapeThePickerAsksForNoUsers() throws Exception {
    FakeConsole console = new FakeConsole();
    console.setup = FakeConsole.setup(true, "StepShape", List.of());
    console.shape = "StepShape";
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "");
      browser.await("document.querySelector('form.start [name=user_count]')");
      type("form.start [name=shape_class]", "StepShape");
      browser.await("!document.querySelector('form.start [name=user_count], form.start [name=run_time]')");
      picture("picker-shape");
      browser.click("form.start button.primary");
      changed(web);
      browser.await("document.querySelector('.state.running')");
      assertEquals("StepShape", console.starts.getFirst().shapeClass());
      // Another page, which did not start the test, knows it as well.
      open(web, "");
      browser.await("document.querySelector('.top .actions').innerText.startsWith('Stop')");
      browser.click("button.danger");
      changed(web);
      browser.click(".top button.primary");
      browser.await("document.querySelector('dialog [name=shape_class]').value === 'StepShape'");
    }
  }

  @Test
  void ofAMissingWorkerNothingOldIsShown() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    console.status = new RunStatus("running", 1, true, List.of(new RunStatus.Worker("host-a", "missing", 1200, 61.5,
        812_000_000L, 0.8, new GeneratorHealth(61.5, 9, 1.2, 210, List.of()))));
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "#workers");
      browser.await("document.querySelector('#panel tbody .state.missing')");
      assertEquals("host-a missing – – – – – – unknown since it is missing",
          browser.text("#panel tbody tr").replaceAll("\\s+", " ").strip());
      assertTrue(browser.text(".warning").contains("host-a is missing"), browser.text(".warning"));
    }
  }

  @Test
  void timesAreWrittenWithTwentyFourHoursEverywhere() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    console.failures = List.of(new StatsSnapshot.Failure("a", "GET", "/", "no", 1, now() - 3 * 86_400, now()));
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "#failures");
      browser.await("document.querySelectorAll('#panel td.time').length === 2");
      String first = browser.eval("document.querySelectorAll('#panel td.time')[0].innerText").asText();
      String last = browser.eval("document.querySelectorAll('#panel td.time')[1].innerText").asText();
      assertTrue(first.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"), first);
      assertTrue(last.matches("(\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d:\\d\\d"), last);
      // Nothing of the page asks the browser how its country writes times.
      assertEquals("", browser.eval("Promise.all([...document.scripts].filter(s => s.src && !/preact|hooks|uplot/.test("
          + "s.src)).map(async s => [s.src, await (await fetch(s.src)).text()])).then(all => all.filter(([, text]) =>"
          + " /toLocale/.test(text)).map(([src]) => src).join())").asText());
    }
  }

  @Test
  void afterAResetNothingTookZeroMilliseconds() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    console.rows = List.of(FakeConsole.row("GET", "/reset", 0, 0));
    console.total = FakeConsole.row("", "Aggregated", 0, 0);
    console.status = new RunStatus("stopped", 0, false, List.of());
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "");
      browser.await("document.querySelector('table.stats tbody th')");
      assertEquals("GET /reset 0 0 0% – – – – – – – – – 0 0",
          browser.text("table.stats tbody tr").replaceAll("\\s+", " ").strip());
      assertTrue(browser.text(".figures").contains("–\n95%, ms"), browser.text(".figures"));
      browser.click("table.stats tbody button");
      browser.await("document.querySelector('dialog .facts')");
      assertFalse(browser.text("dialog").contains("0 ms"), browser.text("dialog"));
    }
  }

  @Test
  void aResetIsSeenAlsoWhenTheTestHasEnded() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    console.status = new RunStatus("stopped", 0, false, List.of());
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "");
      browser.await("document.querySelectorAll('table.stats tbody tr').length === 6");
      console.rows = List.of();
      console.timeline.reset(now());
      changed(web);
      browser.await("document.querySelector('table.stats tbody').innerText.includes('This test made no requests.')");
    }
  }

  @Test
  void theKeyboardIsNotLostWithAButton() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "");
      String edit = "document.querySelector('.top .actions button')";
      browser.eval(edit + ".focus()");
      browser.press("Enter");
      browser.await("document.activeElement.name === 'user_count'");
      browser.press("Enter");
      browser.await("!document.querySelector('dialog') && document.activeElement === " + edit);
      browser.eval("document.querySelector('button.danger').focus()");
      browser.press("Enter");
      changed(web);
      browser.await("document.querySelector('.top button.primary') && document.activeElement.id === 'tab-statistics'");
      browser.eval("document.querySelector('.top button.primary').focus()");
      browser.press("Enter");
      browser.await("document.activeElement.name === 'user_count'");
      browser.press("Enter");
      changed(web);
      browser.await("document.querySelector('button.danger') && !document.querySelector('dialog')");
      browser.await("document.activeElement.id === 'tab-statistics'");
    }
  }

  @Test
  void logMessagesAreCountedAsSuch() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    console.logs = new TestConsole.LogLines(List.of("one\n  with a\n  traceback"), Map.of());
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "#logs");
      browser.await("document.querySelector('.bar [role=status]').innerText === '1 message'");
      console.logs = new TestConsole.LogLines(Collections.nCopies(500, "again"), Map.of());
      changed(web);
      browser.await("document.querySelector('.bar [role=status]').innerText === 'the last 500 messages'");
    }
  }

  @Test
  void fewerUsersAreNotWorse() throws Exception {
    try (RunningWeb web = new RunningWeb(BusyTest.console(6, now()))) {
      open(web, "#data");
      browser.await("document.querySelector('input[type=file]')");
      // Twice the users made twice the requests then; one name was not asked for.
      compareWith("run.timeline.points.forEach(p => { p.users *= 2; });"
          + "run.rows.forEach(row => { row.total_rps *= 2; }); run.rows.pop();");
      browser.await("document.querySelectorAll('.compare .scroll tbody tr').length === 7");
      assertTrue(browser.text(".compare .warning").startsWith("The runs had 4,800 and 2,400 users"),
          browser.text(".compare .warning"));
      String table = browser.text(".compare .scroll tbody");
      assertTrue(table.contains("−50%"), table);
      assertFalse(table.contains("worse") || table.contains("better"), table);
      assertTrue(table.contains("new"), table);
      // With the same load it is a loss.
      compareWith("run.rows.forEach(row => { row.total_rps *= 2; });");
      browser.await("document.querySelector('.compare .scroll tbody').innerText.includes('worse −50%')");
      assertTrue(browser.eval("!document.querySelector('.compare .warning')").asBoolean());
    }
  }

  private static void compareWith(String change) throws Exception {
    browser.eval("fetch('api/run').then(r => r.json()).then(run => { " + change
        + "const files = new DataTransfer(); files.items.add(new File([JSON.stringify(run)], 'before.json'));"
        + "const input = document.querySelector('input[type=file]'); input.files = files.files;"
        + "input.dispatchEvent(new Event('change', {bubbles: true})); })");
  }

  @Test
  void linesAreSwitchedByKeyboard() throws Exception {
    try (RunningWeb web = new RunningWeb(BusyTest.console(6, now()))) {
      open(web, "#charts");
      browser.await("document.querySelectorAll('figure canvas').length === 4");
      // With the timeline come the percentiles, and with these other lines.
      browser.await("document.querySelectorAll('.u-legend th[role=button]').length === 8");
      String second = "document.querySelectorAll('.u-legend th[role=button]')[1]";
      browser.eval("document.querySelector('.u-legend th[role=button]').focus()");
      browser.press("Tab");
      browser.await("document.activeElement === " + second + " && " + second + ".innerText.trim() === 'Failures/s'");
      assertEquals("true", browser.eval(second + ".getAttribute('aria-pressed')").asText());
      browser.press("Enter");
      browser.await(second + ".getAttribute('aria-pressed') === 'false'");
      browser.click("button[title='Dark or light']");
      browser.await(second + ".getAttribute('aria-pressed') === 'false'");
      browser.eval(second + ".focus()");
      browser.press(" ");
      browser.await(second + ".getAttribute('aria-pressed') === 'true'");
      assertTrue(browser.eval("!document.querySelector('[role=img] [tabindex]')").asBoolean(),
          "what a picture holds cannot be operated");
    }
  }

  /** The charts of a course of so many seconds, all of its requests within the given milliseconds. */
  private static void openCharts(RunningWeb web, FakeConsole console, double seconds, double fromMs, double toMs)
      throws Exception {
    List<Long> counts = new ArrayList<>(Collections.nCopies(RunTimeline.HEAT_BOUNDS_MILLIS.size(), 0L));
    long requests = 0;
    RunStatus status = new RunStatus("running", 5, false, List.of());
    console.status = status;
    for (int i = 0; i <= 300; i++) {
      requests += 10;
      for (int band = 0; band < counts.size(); band++) {
        double bound = RunTimeline.HEAT_BOUNDS_MILLIS.get(band);
        counts.set(band, bound < fromMs ? 0 : bound < toMs ? requests / 2 : requests);
      }
      console.timeline.sample(now() - seconds + i * seconds / 300, status,
          new StatsSnapshot.Row("", "Aggregated", requests, 0, 50, 22.0, 140.0, 50, 10.0, 10.0, 0.0, 10, 0, 0,
              List.of(), List.copyOf(counts), requests, requests * 50), List.of(1L, 2L, 3L, 4L, 5L));
    }
    open(web, "#charts");
    browser.await("document.querySelectorAll('figure canvas').length === 4");
  }

  @ParameterizedTest
  @ValueSource(doubles = {25, 150, 250, 290, 1000, 1750, 5000, 20_000, 80_000})
  void aPhonesChartsTellTheTime(double seconds) throws Exception {
    browser.size(390, 844);
    String script = drawnTexts();
    FakeConsole console = new FakeConsole();
    try (RunningWeb web = new RunningWeb(console)) {
      openCharts(web, console, seconds, 10, 200);
      browser.await("textsOf(0).filter(text => /^\\d\\d:\\d\\d/.test(text)).length >= 2");
    } finally {
      browser.command("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"22 146", "30 31", "1 99000", "3 4", "400 900", "70000 90000"})
  void theHeatMapHasLabels(String range) throws Exception {
    String script = drawnTexts();
    FakeConsole console = new FakeConsole();
    try (RunningWeb web = new RunningWeb(console)) {
      String[] ends = range.split(" ");
      openCharts(web, console, 100, Double.parseDouble(ends[0]), Double.parseDouble(ends[1]));
      browser.await("textsOf(3).filter(text => /^[\\d.,]+$/.test(text)).length >= 3");
      int labels = browser.eval("textsOf(3).filter(text => /^[\\d.,]+$/.test(text)).length").asInt();
      assertTrue(labels <= 8, labels + " labels do not fit");
    } finally {
      browser.command("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }
  }

  @Test
  void whatWorkersTellEveryThreeSecondsLeavesNoGapInTheHeatMap() throws Exception {
    String script = browser.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
        const fill = CanvasRenderingContext2D.prototype.fillRect;
        CanvasRenderingContext2D.prototype.fillRect = function (x, y, width, height) {
          (this.canvas.columns ??= new Map()).set(Math.round(x), Math.round(x + width));
          return fill.call(this, x, y, width, height);
        };
        self.gaps = () => {
          const columns = [...(document.querySelectorAll('figure canvas')[3].columns || [])].sort((a, b) => a[0] - b[0]);
          return columns.length < 10 ? NaN
            : columns.slice(1).filter(([left], i) => left > columns[i][1] + 1).length;
        };
        """)).get("identifier").asText();
    FakeConsole console = new FakeConsole();
    RunStatus status = new RunStatus("running", 5, true, List.of());
    console.status = status;
    for (int second = 0; second < 60; second++) {
      long requests = second / 3 * 30L;
      console.timeline.sample(now() - 60 + second, status,
          new StatsSnapshot.Row("", "Aggregated", requests, 0, 50, 22.0, 140.0, 50, 10.0, 10.0, 0.0, 10, 0, 0,
              List.of(), Collections.nCopies(RunTimeline.HEAT_BOUNDS_MILLIS.size(), requests), requests, requests * 50),
          List.of(1L, 2L, 3L, 4L, 5L));
    }
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "#charts");
      browser.await("gaps() >= 0");
      assertEquals(0, browser.eval("gaps()").asInt());
    } finally {
      browser.command("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }
  }

  @Test
  void everyMarkHasItsLabelAlsoBesideAnother() throws Exception {
    String script = drawnTexts();
    FakeConsole console = new FakeConsole();
    try (RunningWeb web = new RunningWeb(console)) {
      for (String note : List.of("cache cleared", "new release", "more memory", "old release")) {
        console.timeline.note(now() - 50, note);
      }
      openCharts(web, console, 100, 10, 200);
      browser.await("['start', 'cache cleared', 'new release', 'more memory', 'old release'].every(text =>"
          + " [0, 1, 2, 3].every(chart => textsOf(chart).includes(text)))");
      picture("marks");
    } finally {
      browser.command("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }
  }

  private static String drawnTexts() throws Exception {
    return browser.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", DRAWN)).get("identifier").asText();
  }

  @Test
  void whatCanBeOperatedIsLargeEnoughForAFingerAndHasAnEdge() throws Exception {
    FakeConsole console = BusyTest.console(12, now());
    console.setup = FakeConsole.setup(true, null, List.of());
    FakeConsole fresh = new FakeConsole();
    fresh.setup = console.setup;
    browser.size(390, 844);
    try (RunningWeb web = new RunningWeb(console); RunningWeb first = new RunningWeb(fresh)) {
      for (String theme : List.of("dark", "light")) {
        open(first, "");
        inTheme(theme);
        browser.click(".class-row summary");
        assertOperable(theme + " start");
        open(web, "");
        inTheme(theme);
        for (String tab : List.of("statistics", "charts", "failures", "exceptions", "ratio", "workers", "logs", "data")) {
          browser.click("#tab-" + tab);
          browser.await("document.querySelector('#panel section')");
          if (tab.equals("statistics")) {
            browser.await("document.querySelectorAll('table.stats tbody button').length === 12");
          }
          assertOperable(theme + " " + tab);
        }
        browser.click(".top .actions button");
        browser.await("document.querySelector('dialog[open] .last')");
        assertOperable(theme + " edit");
      }
    }
  }

  private static void inTheme(String theme) throws Exception {
    browser.eval("katydid.setTheme('" + theme + "', false)");
    browser.await("document.documentElement.dataset.theme === '" + theme + "'");
    // Colours change within a moment.
    browser.await("document.getAnimations().length === 0");
  }

  private static void assertOperable(String where) throws Exception {
    browser.await("document.getAnimations().length === 0");
    assertEquals("", browser.eval("[...document.querySelectorAll('button:not(.link), .button')].filter(e =>"
        + " e.scrollWidth > e.clientWidth).map(e => e.innerText).join()").asText(), where + ": words without room");
    for (JsonNode control : browser.eval(CONTROLS)) {
      assertTrue(control.get("width").asDouble() >= 24 && control.get("height").asDouble() >= 24,
          where + ": below 24 px: " + control);
      assertTrue(control.get("contrast").asDouble() >= 3, where + ": edge below 3:1: " + control);
    }
  }

  @Test
  void onPaperIsTheWholeTableAndNoControl() throws Exception {
    FakeConsole console = BusyTest.console(100, now());
    try (RunningWeb web = new RunningWeb(console)) {
      open(web, "");
      inTheme("dark");
      browser.await("document.querySelectorAll('table.stats tbody tr:not(.space)').length > 20");
      // The width of A4 across within its margins, at 96 dots an inch.
      browser.size(1047, 718);
      browser.eval("dispatchEvent(new Event('beforeprint'))");
      browser.command("Emulation.setEmulatedMedia", Map.of("media", "print"));
      browser.await("document.querySelector('table.stats tbody').innerText.includes('/api/v2/stock/95')");
      assertEquals("light", browser.eval("document.documentElement.dataset.theme").asText());
      assertTrue(browser.eval("[...document.querySelectorAll('.top button, .tabs, .bar, .space')].every(e =>"
          + " !e.checkVisibility())").asBoolean(), "controls on paper");
      assertTrue(browser.eval("[...document.querySelectorAll('.scroll, .scroll *')].every(e =>"
          + " e.getBoundingClientRect().right <= 1048)").asBoolean(), "the table is wider than the paper");
      assertEquals("visible", browser.eval("getComputedStyle(document.querySelector('.scroll')).overflowY").asText());
      assertEquals("", browser.eval("[...document.querySelectorAll('table.stats thead th')].filter(e => e.scrollWidth >"
          + " e.clientWidth).map(e => e.innerText).join()").asText(), "column titles are cut");
      picture("print");
      browser.command("Emulation.setEmulatedMedia", Map.of("media", ""));
      browser.eval("dispatchEvent(new Event('afterprint'))");
      assertEquals("dark", browser.eval("document.documentElement.dataset.theme").asText());
      browser.await("document.querySelector('.bar').checkVisibility()");
    } finally {
      browser.command("Emulation.setEmulatedMedia", Map.of("media", ""));
    }
  }
}
