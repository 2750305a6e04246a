package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.katydid.console.GeneratorHealth;
import io.katydid.console.RunStatus;
import io.katydid.console.StatsSnapshot;
import io.katydid.console.TestConsole;
import io.katydid.console.TestSetup;
import io.katydid.console.WebSettings;
import io.katydid.script.ScriptPages;
import io.katydid.stats.ReportedPercentiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page in a real browser. Skipped when the machine has no Chromium. Pictures are kept in target/screenshots. */
final class BrowserTest {
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

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  private static void picture(String name) throws Exception {
    Path folder = Path.of("target", "screenshots");
    Files.createDirectories(folder);
    browser.screenshot(folder.resolve(name + ".png"));
  }

  private static void openFresh(RunningWeb web, String fragment) throws Exception {
    browser.complaints.clear();
    browser.open("about:blank#");
    browser.open(web.uri("/" + fragment).toString());
    browser.await("document.querySelector('.page')");
  }

  @Test
  void aTestIsStartedFromTheForm() throws Exception {
    FakeConsole console = new FakeConsole();
    console.setup = FakeConsole.setup(true, null, List.of(
        new TestSetup.ExtraOption("search_term", "shoes", "what to look for", null, false, false, false),
        new TestSetup.ExtraOption("color", "red", null, List.of("red", "blue"), false, false, false),
        new TestSetup.ExtraOption("dry_run", true, "send nothing", null, false, false, false)));
    console.options.put("search_term", "shoes");
    console.options.put("color", "red");
    console.options.put("dry_run", true);
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1400, 900);
      openFresh(web, "");
      browser.await("document.querySelector('form.start')");
      picture("start");
      browser.eval("document.querySelector('[name=user_count]').value = '12';"
          + "document.querySelector('[name=spawn_rate]').value = '3';"
          + "document.querySelector('[name=search_term]').value = '<b>boots</b>';"
          + "document.querySelector('[name=color]').value = 'blue';"
          + "document.querySelector('[name=dry_run]').checked = false;"
          + "document.querySelector('[name=user_classes][value=Alpha]').checked = false;");
      browser.click("form.start button.primary");
      web.pass(Duration.ofSeconds(3));
      browser.await("document.querySelector('.state.running')");
      assertEquals(12, console.starts.getFirst().users());
      assertEquals(List.of("Beta"), console.starts.getFirst().userClasses());
      assertEquals("<b>boots</b>", console.options.get("search_term"));
      assertEquals("blue", console.options.get("color"));
      assertEquals(false, console.options.get("dry_run"));
      browser.click("button.danger");
      browser.await("true");
      web.pass(Duration.ofSeconds(3));
      browser.await("document.querySelector('.state.stopped')");
      assertTrue(console.calls.contains("stop"));
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void aRunningTestAndItsClassesAreEdited() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    console.setup = FakeConsole.setup(true, null, List.of());
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1400, 900);
      openFresh(web, "#statistics");
      browser.click(".top .actions button");
      browser.await("document.querySelector('dialog[open] [name=user_count]')");
      browser.click("dialog .class-row summary");
      browser.eval("document.querySelector('dialog [data-key=weight]').value = '7'");
      browser.click("dialog .class-row button");
      browser.await("document.querySelector('dialog .class-row [role=status]').innerText === 'Saved.'");
      picture("edit");
      assertTrue(console.calls.stream().anyMatch(call -> call.startsWith("edit Alpha {weight=7, fixed_count=0")),
          console.calls.toString());
      browser.eval("document.querySelector('dialog [name=user_count]').value = '40'");
      browser.eval("document.querySelector('dialog [name=run_time]').value = '1h'");
      browser.click("dialog button.primary");
      browser.await("!document.querySelector('dialog')");
      assertEquals(40, console.starts.getFirst().users());
      assertEquals(3600.0, console.starts.getFirst().runTimeSeconds());
      console.options.put("num_users", 55L);
      web.pass(Duration.ofSeconds(1));
      openFresh(web, "#statistics");
      browser.click(".top .actions button");
      browser.await("document.querySelector('dialog[open] [name=user_count]').value === '55'");
      browser.eval("document.querySelector('dialog [name=run_time]').value = 'soon'");
      browser.click("dialog button.primary");
      browser.await("document.querySelector('dialog [role=alert]').innerText.startsWith('Valid run_time formats')");
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void aTestWithoutTheShapeOfTheFileIsEdited() throws Exception {
    FakeConsole console = new FakeConsole();
    console.setup = FakeConsole.setup(true, "StepShape", List.of());
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1400, 900);
      openFresh(web, "");
      browser.click("form.start [name=user_classes][value=Alpha]");
      browser.click("form.start button.primary");
      web.pass(Duration.ofSeconds(1));
      browser.await("document.querySelector('.state.running')");
      browser.await("document.querySelector('.top .actions button').innerText === 'Edit'");
      browser.click("button.danger");
      web.pass(Duration.ofSeconds(1));
      browser.click(".top button.primary");
      browser.await("document.querySelector('dialog [name=shape_class]')");
      assertEquals("Beta", browser.eval("[...document.querySelectorAll('dialog [name=user_classes]')]"
          + ".filter(box => box.checked).map(box => box.value).join()").asText());
      browser.eval("document.querySelector('dialog [name=shape_class]').value = 'StepShape'");
      browser.click("dialog button.primary");
      web.pass(Duration.ofSeconds(1));
      browser.await("document.querySelector('.state.running')");
      browser.await("document.querySelector('.top .actions button').innerText === 'Stop'");
    }
  }

  @Test
  void namesFromElsewhereStayTextInEveryPanel() throws Exception {
    String evil = "<img src=x onerror=\"self.hacked=1\"></script><script>self.hacked=1</script>";
    FakeConsole console = BusyTest.console(3, now());
    console.rows = List.of(FakeConsole.row("GET", evil, 10, 1));
    console.failures = List.of(new StatsSnapshot.Failure("k", "GET", evil, evil, 1, 1, 2));
    console.exceptions = List.of(new TestConsole.ScriptError(1, evil + "\u202e", evil, evil));
    console.logs = new TestConsole.LogLines(List.of(evil), Map.of(evil, List.of(evil)));
    console.timeline.note(now(), evil);
    try (RunningWeb web = new RunningWeb(console)) {
      openFresh(web, "#statistics");
      browser.click("table.stats tbody button");
      browser.await("document.querySelector('dialog[open] .bars')");
      browser.click("dialog[open] button");
      for (String tab : List.of("charts", "failures", "exceptions", "ratio", "workers", "logs", "data")) {
        browser.click("#tab-" + tab);
        browser.await("document.querySelector('#panel section')");
      }
      browser.click("#tab-exceptions");
      browser.await("document.querySelector('summary bdi').innerText.endsWith('\\u202e')");
      browser.click("#tab-logs");
      browser.await("document.querySelector('pre.log').innerText.includes('self.hacked=1')");
      assertEquals("undefined", browser.eval("typeof self.hacked").asText());
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void aTabOfTheLocustfileShowsItsTableBelowABasePath() throws Exception {
    FakeConsole console = BusyTest.console(3, now());
    console.pages = new ScriptPages() {
      @Override
      public Map<String, Object> templateArgs() {
        return Map.of(
            "extended_tabs", List.of(Map.of("key", "sizes", "title", "Content length")),
            "extended_tables", List.of(Map.of("key", "sizes", "structure",
                List.of(Map.of("key", "name", "title", "Name"), Map.of("key", "sum", "title", "Total")))),
            "extended_csv_files", List.of(Map.of("href", "/sizes/csv", "title", "Content length")));
      }

      @Override
      public boolean watchesReplies() {
        return true;
      }

      @Override
      public Reply after(Request request, Reply reply) {
        if (!request.path().equals("/load/stats/requests")) {
          return reply;
        }
        String body = new String(reply.body(), StandardCharsets.UTF_8).replaceFirst("\\{",
            "{\"extended_stats\": [{\"key\": \"sizes\", \"data\": [{\"name\": \"/x\", \"sum\": 4711}]}],");
        return new Reply(reply.status(), reply.headers(), body.getBytes(StandardCharsets.UTF_8), null, null);
      }
    };
    WebSettings based =
        new WebSettings("127.0.0.1", 0, "/load", false, null, null, null, null, null);
    try (RunningWeb web = new RunningWeb(console, based)) {
      browser.complaints.clear();
      browser.open(web.uri("/load/").toString());
      browser.click("#tab-x-sizes");
      browser.await("document.querySelector('#panel').innerText.includes('4711')");
      browser.click("#tab-data");
      browser.await("[...document.querySelectorAll('.files a')].some(a => a.pathname === '/load/sizes/csv')");
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void aTabWhoseDataIsNoListYetIsEmpty() throws Exception {
    FakeConsole console = BusyTest.console(3, now());
    console.pages = new ScriptPages() {
      @Override
      public Map<String, Object> templateArgs() {
        return Map.of(
            "extended_tabs", List.of(Map.of("key", "cache", "title", "Cache")),
            "extended_tables", List.of(Map.of("key", "cache", "structure",
                List.of(Map.of("key", "name", "title", "Name")))));
      }

      @Override
      public boolean watchesReplies() {
        return true;
      }

      @Override
      public Reply after(Request request, Reply reply) {
        String body = new String(reply.body(), StandardCharsets.UTF_8).replaceFirst("\\{",
            "{\"extended_stats\": [{\"key\": \"cache\", \"data\": {}}],");
        return request.path().equals("/stats/requests")
            ? new Reply(reply.status(), reply.headers(), body.getBytes(StandardCharsets.UTF_8), null, null)
            : reply;
      }
    };
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1400, 900);
      openFresh(web, "#x-cache");
      browser.await("document.querySelector('#panel').innerText.includes('No data yet.')");
      // The answer comes after the first drawing.
      browser.await("performance.getEntriesByType('resource').some(e => e.name.endsWith('/stats/requests'))");
      browser.click("#tab-data");
      browser.await("document.querySelector('.files')");
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void withALoginThePageStillStartsAndStops() throws Exception {
    FakeConsole console = new FakeConsole();
    WebSettings guarded =
        new WebSettings("127.0.0.1", 0, "", true, null, "ann:secret", null, null, null);
    try (RunningWeb web = new RunningWeb(console, guarded)) {
      browser.complaints.clear();
      browser.open(web.uri("/").toString());
      browser.await("document.querySelector('input[name=password]')");
      picture("login");
      browser.eval("document.querySelector('[name=username]').value = 'ann';"
          + "document.querySelector('[name=password]').value = 'secret';");
      browser.click("button.primary");
      browser.await("document.querySelector('form.start [name=user_count]')");
      browser.click("form.start button.primary");
      web.pass(Duration.ofSeconds(3));
      browser.await("document.querySelector('.state.running')");
      assertEquals(1, console.starts.size());
      browser.await("[...document.querySelectorAll('.top button')].some(b => b.innerText === 'Log out')");
      browser.click("button.danger");
      web.pass(Duration.ofSeconds(3));
      browser.await("document.querySelector('.top button.primary')");
      browser.size(390, 844);
      browser.await("(n => n.right <= document.querySelector('.top .actions').getBoundingClientRect().left"
          + " || n.bottom <= document.querySelector('.top .actions').getBoundingClientRect().top)"
          + "((r => { r.selectNodeContents(document.querySelector('.brand h1')); return r.getBoundingClientRect(); })"
          + "(document.createRange()))");
      picture("phone-login");
      browser.eval("[...document.querySelectorAll('.top button')].find(b => b.innerText === 'Log out').click()");
      browser.await("document.querySelector('input[name=password]')");
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void everyPanelShowsItsContentWithoutAComplaintOfTheBrowser() throws Exception {
    FakeConsole console = BusyTest.console(40, now());
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1400, 900);
      openFresh(web, "");
      // Not all of them are in the document: those that can be seen, and a few more.
      browser.await("document.querySelectorAll('table.stats tbody tr:not(.space)').length > 20");
      browser.await("document.querySelector('table.stats').getAttribute('aria-rowcount') === '42'");
      picture("statistics");
      browser.click("#tab-charts");
      browser.await("document.querySelectorAll('figure canvas').length === 4");
      browser.await("document.querySelector('figure [role=img]').getAttribute('aria-label').includes('requests per"
          + " second')");
      picture("charts");
      browser.click("#tab-failures");
      browser.await("document.querySelector('#panel').innerText.includes('<script>alert(1)</script> is not a result')");
      browser.click("#tab-exceptions");
      browser.click("#panel details summary");
      browser.await("document.querySelector('#panel pre').innerText.includes('line 12, in login')");
      picture("exceptions");
      browser.click("#tab-ratio");
      browser.await("/Alpha\\s+25.0%/.test(document.querySelector('#panel').innerText)");
      browser.click("#tab-workers");
      browser.await("document.querySelector('#panel').innerText.includes('812 MB')");
      browser.await("document.querySelector('#panel').innerText.includes('0.80 ms')");
      browser.await("document.querySelector('#panel').innerText.includes('not reported')");
      picture("workers");
      browser.click("#tab-logs");
      browser.await("document.querySelector('pre.log .warn')");
      browser.click("#tab-data");
      browser.await("document.querySelectorAll('.files li').length >= 5");
      picture("data");
      assertTrue(browser.text(".warning").contains("not to be trusted"), browser.text(".warning"));
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void aGeneratorThatKeepsUpIsSaidSoAndOneThatDoesNotToo() throws Exception {
    FakeConsole console = new FakeConsole();
    console.status = new RunStatus("running", 5, false, List.of());
    console.health = new GeneratorHealth(31, 12.5, 0.75, 40, List.of());
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1400, 900);
      openFresh(web, "#workers");
      browser.await("document.querySelector('#panel .ok')");
      assertTrue(browser.text("#panel .ok").contains("nothing speaks against the results"));
      assertTrue(browser.text("#panel dl").contains("31%"), browser.text("#panel dl"));
      picture("generator");
      console.health = new GeneratorHealth(198, 300, 45, 40, List.of("Timers were late. Add workers."));
      web.pass(Duration.ofSeconds(2));
      browser.await("document.querySelector('.warning')");
      browser.await("!document.querySelector('#panel .ok')");
      assertTrue(browser.text(".warning").contains("Timers were late."));
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void chosenPercentilesAreTheLinesAndColumns() throws Exception {
    FakeConsole console = new FakeConsole(List.of(0.99, 0.25));
    console.percentiles = new ReportedPercentiles(List.of(0.5), List.of(0.25), List.of(0.99, 0.25));
    console.status = new RunStatus("running", 5, false, List.of());
    console.timeline.sample(now() - 1, console.status, console.total, List.of(3L, 80L));
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1400, 900);
      openFresh(web, "#charts");
      browser.await("[...document.querySelectorAll('figure')].some(f => f.querySelector('[role=img]')"
          + ".getAttribute('aria-label').includes('25% below 3, 99% below 80 milliseconds'))");
      browser.await("[...document.querySelectorAll('.u-label')].some(label => label.innerText.startsWith('25%'))");
      browser.click("#tab-statistics");
      browser.await("[...document.querySelectorAll('table.stats th')].some(th => th.innerText.trim() === '25%')");
      assertFalse(browser.text("table.stats").contains("99.9%"), browser.text("table.stats"));
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void fiveThousandRowsAreShownAWindowAtATime() throws Exception {
    FakeConsole console = BusyTest.console(5000, now());
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1400, 900);
      openFresh(web, "#statistics");
      browser.await("document.querySelectorAll('table.stats tbody tr').length > 20");
      assertTrue(browser.eval("document.querySelectorAll('table.stats tbody tr').length").asInt() < 150);
      browser.await("document.querySelector('table.stats').getAttribute('aria-rowcount') === '5002'");
      browser.eval("document.querySelector('.tall').scrollTop = 1e9");
      browser.await("document.querySelector('table.stats tr[aria-rowindex=\"5001\"]')");
      browser.eval("document.querySelector('.tall').scrollTop = 0");
      browser.click("th.n button");
      browser.await("document.querySelector('th.n').getAttribute('aria-sort') === 'descending'");
      browser.await("(() => { const cells = [...document.querySelectorAll('table.stats tbody"
          + " tr:not(.space)')].slice(0, 9)"
          + ".map(r => Number(r.children[2].innerText.replace(/,/g, '')));"
          + "return cells.length === 9 && cells.every((c, i) => i === 0 || c <= cells[i - 1]); })()");
      browser.eval("(() => { const f = document.getElementById('filter'); f.value = '/checkout/4'; f.dispatchEvent(new"
          + " Event('input', {bubbles: true})); })()");
      browser.await("document.querySelector('[role=status].quiet, .bar .quiet').innerText.includes('of 5,000 rows')");
      picture("filtered");
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void chartsSurviveAReloadAndShowRunBoundaries() throws Exception {
    FakeConsole console = BusyTest.console(10, now());
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1400, 900);
      openFresh(web, "#charts");
      browser.await("document.querySelectorAll('figure canvas').length === 4");
      browser.reload();
      browser.await("document.querySelectorAll('figure canvas').length === 4");
      browser.await("document.querySelector('figure [role=img]').getAttribute('aria-label').includes('requests per"
          + " second')");
      assertEquals(
          "start stop start note",
          browser.eval("fetch('api/timeline').then(r => r.json()).then(t => t.marks.map(m => m.kind).join('"
              + " '))").asText());
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void theKeyboardReachesEverything() throws Exception {
    try (RunningWeb web = new RunningWeb(BusyTest.console(10, now()))) {
      browser.size(1400, 900);
      openFresh(web, "#statistics");
      browser.await("document.querySelectorAll('table.stats tbody tr').length === 10");
      browser.eval("document.getElementById('tab-statistics').focus()");
      browser.press("ArrowRight");
      browser.await("document.activeElement.id === 'tab-charts' && document.querySelector('figure')");
      browser.press("End");
      browser.await("document.activeElement.id === 'tab-data'");
      browser.press("Home");
      browser.await("document.activeElement.id === 'tab-statistics'");
      browser.press("Tab");
      browser.await("document.activeElement.id === 'filter'");
      browser.await("document.querySelector('table.stats tbody button')");
      browser.eval("document.querySelector('table.stats tbody button').focus()");
      browser.press("Enter");
      browser.await("document.querySelector('dialog[open] .bars')");
      picture("row");
      assertEquals(
          "[]",
          browser.eval("JSON.stringify([...document.querySelectorAll('button, input, select, a')].filter(e =>"
              + " !(e.innerText || e.getAttribute('aria-label') || e.closest('label'))).map(e =>"
                  + " e.outerHTML))").asText());
    }
  }

  @Test
  void aPhoneShowsThePageWithoutSidewaysScrolling() throws Exception {
    try (RunningWeb web = new RunningWeb(BusyTest.console(40, now()))) {
      browser.size(390, 844);
      for (String tab : List.of("statistics", "charts", "failures", "workers", "data")) {
        openFresh(web, "#" + tab);
        browser.await("document.querySelector('#panel section')");
        picture("phone-" + tab);
        assertTrue(
            browser.eval("document.documentElement.scrollWidth <= innerWidth").asBoolean(), tab + " is too wide");
      }
    }
  }

  @Test
  void darkAndLightAreKeptOverAReload() throws Exception {
    try (RunningWeb web = new RunningWeb(BusyTest.console(40, now()))) {
      browser.size(1400, 900);
      openFresh(web, "#charts");
      String before = browser.eval("document.documentElement.dataset.theme").asText();
      browser.click("button[title='Dark or light']");
      String after = browser.eval("document.documentElement.dataset.theme").asText();
      assertFalse(before.equals(after));
      browser.reload();
      browser.await("document.querySelectorAll('figure canvas').length === 4");
      assertEquals(after, browser.eval("document.documentElement.dataset.theme").asText());
      picture(after);
    }
  }

  @Test
  void aSavedRunIsComparedInTheBrowser() throws Exception {
    try (RunningWeb web = new RunningWeb(BusyTest.console(6, now()))) {
      browser.size(1400, 900);
      openFresh(web, "#data");
      browser.await("document.querySelector('input[type=file]')");
      browser.eval("fetch('api/run').then(r => r.json()).then(run => { run.rows[0].p95 = 10; run.rows[1].total_rps *="
          + " 10;"
          + "const files = new DataTransfer(); files.items.add(new File([JSON.stringify(run)], 'before.json'));"
          + "const input = document.querySelector('input[type=file]'); input.files = files.files;"
          + "input.dispatchEvent(new Event('change', {bubbles: true})); })");
      browser.await("document.querySelectorAll('.compare .scroll tbody tr').length === 7");
      picture("compare");
      String first = browser.text(".compare .scroll tbody tr");
      assertTrue(first.contains("worse +190%"), first);
      browser.eval("(() => { const files = new DataTransfer(); files.items.add(new File(['{}'], 'other.json'));"
          + "const input = document.querySelector('input[type=file]'); input.files = files.files;"
          + "input.dispatchEvent(new Event('change', {bubbles: true})); })()");
      browser.await("document.querySelector('.compare .error').innerText.startsWith('other.json cannot be compared')");
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void anEarlierRunOfTheServerIsComparedWithoutAFile() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    console.status = new RunStatus("stopped", 0, true, List.of());
    try (RunningWeb web = new RunningWeb(console)) {
      web.swarm("user_count=5&spawn_rate=5");
      console.startTime += 100;
      console.total = FakeConsole.row("", "Aggregated", 50, 0);
      console.rows = console.rows.stream()
          .map(row -> FakeConsole.row(row.method(), row.name(), row.requests() * 2, 0)).toList();
      web.pass(Duration.ofSeconds(2));
      browser.size(1400, 900);
      openFresh(web, "#data");
      browser.await("document.querySelectorAll('.compare select option').length === 2");
      browser.eval("(() => { const s = document.querySelector('.compare select'); s.value = '0';"
          + "s.dispatchEvent(new Event('change', {bubbles: true})); })()");
      browser.await("document.querySelectorAll('.compare .scroll tbody tr').length === 7");
      browser.await("document.querySelectorAll('.compare canvas').length === 2");
      assertTrue(browser.text(".compare .scroll tbody tr").contains("better +100%"), browser.text(".compare .scroll tbody tr"));
      picture("compare-earlier");
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void aPartOfTheTimeIsLookedAtCloserAndStaysWhenDataComes() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1400, 900);
      openFresh(web, "#charts");
      browser.await("document.querySelectorAll('figure canvas').length === 4");
      browser.eval("document.querySelector('.u-over').scrollIntoView()");
      browser.drag(".u-over", 0.1, 0.3);
      browser.await("document.querySelector('#panel select').value === 'chosen'");
      String zoomed = firstChartAtRest();
      console.timeline.sample(now(), console.status, console.total, List.of(1L, 2L, 3L, 4L, 5L));
      web.pass(Duration.ofSeconds(2));
      browser.await("document.querySelector('figure [role=img]').getAttribute('aria-label').includes('Now: 2.5')");
      assertTrue(zoomed.equals(firstChartAtRest()), "what is looked at has moved");
      browser.eval("[...document.querySelectorAll('#panel button')].find(b => b.innerText === 'Show everything')"
          + ".click()");
      browser.await("document.querySelector('#panel select').value === 'all' && "
          + "document.querySelector('figure canvas').toDataURL() !== '" + zoomed + "'");
      assertEquals(List.of(), browser.complaints);
    }
  }

  /** The first chart's picture once it has been the same for some frames. */
  private String firstChartAtRest() throws Exception {
    return browser.eval("""
        (async () => {
          const picture = () => document.querySelector('figure canvas').toDataURL();
          let last = "", same = 0;
          while (same < 10) {
            await new Promise(requestAnimationFrame);
            const now = picture();
            same = now === last ? same + 1 : 0;
            last = now;
          }
          return last;
        })()""").asText();
  }

  @Test
  void withoutServerSentEventsThePagePolls() throws Exception {
    assertPolls("delete self.EventSource");
  }

  @Test
  void whenEventsAreKeptBackThePagePolls() throws Exception {
    assertPolls("self.EventSource = class { close() {} }");
  }

  /** The page sees a change of state although no event tells it, because of what the script does before it is loaded. */
  private static void assertPolls(String before) throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    String script = browser.command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", before))
        .get("identifier").asText();
    try (RunningWeb web = new RunningWeb(console)) {
      openFresh(web, "#charts");
      browser.await("document.querySelector('.state.running')");
      console.status = new RunStatus("stopped", 0, true, List.of());
      web.pass(Duration.ofSeconds(1));
      browser.await("document.querySelector('.state.stopped')");
    } finally {
      browser.command("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }
  }

  @Test
  void anEventThatComesWithTheTimelineDoesNotReplaceIt() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    String script = browser.command(
        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
            self.EventSource = class {
              constructor() { self.events = this; }
              close() {}
            };
            const plainFetch = self.fetch;
            const released = new Promise((release) => (self.release = release));
            self.fetch = async (address, options) => {
              const reply = await plainFetch(address, options);
              if (address !== "api/timeline") return reply;
              const read = await reply.json();
              await released;
              return { ok: true, json: () => read };
            };
            """)).get("identifier").asText();
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1400, 900);
      openFresh(web, "#charts");
      console.timeline.sample(now(), console.status, console.total, List.of(1L, 2L, 3L, 4L, 5L));
      web.pass(Duration.ofSeconds(2));
      browser.await("performance.getEntriesByType('resource').some(e => e.name.endsWith('/api/timeline'))");
      browser.await("self.events");
      browser.eval("fetch('api/live').then(r => r.text()).then(data => { events.onmessage({data}); release(); })");
      browser.await("document.querySelectorAll('#panel .marks li').length === 4");
      browser.await("document.querySelectorAll('figure')[1].querySelector('[role=img]').getAttribute('aria-label')"
          + ".includes('95% below')");
      assertTrue(browser.text(".figures").contains("for "), browser.text(".figures"));
      browser.await("document.getElementById('tab-failures').innerText.includes(' ')");
    } finally {
      browser.command("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }
  }

  @Test
  void anAddressWithAnotherTabShowsIt() throws Exception {
    try (RunningWeb web = new RunningWeb(BusyTest.console(6, now()))) {
      browser.size(390, 844);
      openFresh(web, "#statistics");
      browser.eval("location.hash = 'logs'");
      browser.await("document.querySelector('pre.log')");
      browser.await("document.getElementById('tab-logs').getBoundingClientRect().right <= innerWidth");
    }
  }

  @Test
  void chartsAreAsWideAsTheirBoxesAlsoInTheOtherColoursAndSizes() throws Exception {
    String fit = "[...document.querySelectorAll('figure')].every(f => "
        + "Math.abs(f.querySelector('.uplot').clientWidth - f.querySelector('[role=img]').clientWidth) < 2)";
    try (RunningWeb web = new RunningWeb(BusyTest.console(6, now()))) {
      browser.size(1400, 900);
      openFresh(web, "#charts");
      browser.await("document.querySelectorAll('figure canvas').length === 4 && " + fit);
      String chart = browser.eval("document.querySelector('figure canvas').toDataURL()").asText();
      browser.click("button[title='Dark or light']");
      browser.await("document.querySelectorAll('figure canvas').length === 4 && "
          + "document.querySelector('figure canvas').toDataURL() !== '" + chart + "' && " + fit);
      browser.click("button[title='Dark or light']");
      browser.click("#tab-data");
      browser.await("document.querySelector('input[type=file]')");
      browser.eval("fetch('api/run').then(r => r.text()).then(run => {"
          + "const files = new DataTransfer(); files.items.add(new File([run], 'before.json'));"
          + "const input = document.querySelector('input[type=file]'); input.files = files.files;"
          + "input.dispatchEvent(new Event('change', {bubbles: true})); })");
      browser.await("document.querySelectorAll('.compare canvas').length === 2 && " + fit);
      browser.size(700, 900);
      browser.await(fit);
      String line = browser.eval("document.querySelector('.compare canvas').toDataURL()").asText();
      browser.click("button[title='Dark or light']");
      browser.await("document.querySelectorAll('.compare canvas').length === 2 && "
          + "document.querySelector('.compare canvas').toDataURL() !== '" + line + "'");
    }
  }

  @Test
  void longNamesLeaveTheNumbersInSight() throws Exception {
    String longName = "L".repeat(600);
    FakeConsole console = BusyTest.console(3, now());
    console.rows = List.of(FakeConsole.row("GET", longName, 10, 1), FakeConsole.row("GET", "/short", 10, 0));
    console.failures = List.of(new StatsSnapshot.Failure("k", "GET", longName, "no", 1, 1, 2));
    try (RunningWeb web = new RunningWeb(console)) {
      browser.size(1280, 800);
      openFresh(web, "#statistics");
      browser.await("document.querySelector('table.stats tbody th')");
      assertTrue(browser.eval("document.querySelector('table.stats tbody th').clientWidth >= 160").asBoolean());
      browser.click("table.stats tbody button");
      browser.await("document.querySelector('dialog[open] .bars')");
      assertTrue(browser.eval("(d => d.scrollWidth <= d.clientWidth)(document.querySelector('dialog[open]'))")
          .asBoolean());
      browser.click("dialog[open] button");
      browser.click("#tab-failures");
      browser.await("document.querySelector('#panel tbody .wrap')");
      assertTrue(browser.eval("(s => s.scrollWidth <= s.clientWidth)(document.querySelector('#panel .scroll'))")
          .asBoolean());
      browser.click("#tab-data");
      browser.await("document.querySelector('input[type=file]')");
      browser.eval("fetch('api/run').then(r => r.text()).then(run => {"
          + "const files = new DataTransfer(); files.items.add(new File([run], 'before.json'));"
          + "const input = document.querySelector('input[type=file]'); input.files = files.files;"
          + "input.dispatchEvent(new Event('change', {bubbles: true})); })");
      browser.await("document.querySelector('.compare tbody .wrap')");
      assertTrue(browser.eval("(s => s.scrollWidth <= s.clientWidth)(document.querySelector('.compare .scroll'))")
          .asBoolean());
    }
  }

  @Test
  void aLostServerIsSaidAndFoundAgain() throws Exception {
    FakeConsole console = BusyTest.console(6, now());
    int port;
    try (RunningWeb web = new RunningWeb(console)) {
      port = web.port();
      openFresh(web, "#statistics");
    }
    browser.await("document.querySelector('.figures').innerText.includes('not connected')");
    browser.await("document.querySelector('[role=alert]').innerText.includes('does not answer since')");
    assertTrue(browser.eval("[...document.querySelectorAll('.top .actions button')].find(b => b.innerText ==="
        + " 'Stop').disabled").asBoolean());
    picture("lost");
    browser.eval("self.thisPage = true");
    try (RunningWeb again = new RunningWeb(console, WebSettings.plain("127.0.0.1", port))) {
      browser.await("document.querySelector('.figures') && "
          + "!document.querySelector('.figures').innerText.includes('not connected') && !self.thisPage");
    }
  }

  @Test
  void theReportIsOneFileThatNeedsNoNetwork() throws Exception {
    FakeConsole console = BusyTest.console(40, now());
    String longName = "L".repeat(600);
    console.rows = new ArrayList<>(console.rows);
    console.rows.add(FakeConsole.row("GET", longName, 10, 1));
    console.failures = new ArrayList<>(console.failures);
    console.failures.add(new StatsSnapshot.Failure("k", "GET", longName, longName, 1, 1, 2));
    StringBuilder html = new StringBuilder();
    new ReportPage().write(console, false, null, html);
    Path file = Files.createTempFile("katydid-report", ".html");
    try {
      Files.writeString(file, html);
      browser.size(1400, 900);
      // The page of the test before has lost its server.
      browser.open("about:blank#");
      browser.complaints.clear();
      browser.open(file.toUri().toString());
      browser.await("document.querySelectorAll('#charts canvas').length === 4");
      picture("report");
      assertTrue(browser.eval("[...document.querySelectorAll('.scroll')].every(s => s.scrollWidth <= s.clientWidth)")
          .asBoolean(), "the numbers are out of sight");
      assertEquals(
          0, browser.eval("performance.getEntriesByType('resource').filter(e =>"
              + " !e.name.startsWith('data:')).length").asInt());
      assertEquals(List.of(), browser.complaints);
      assertTrue(browser.text("main").contains("<script>alert(1)</script> is not a result"));
    } finally {
      Files.delete(file);
    }
  }
}
