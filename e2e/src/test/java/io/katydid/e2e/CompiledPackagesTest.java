package io.katydid.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locustfiles that import compiled code. The one compiled package that is always there is the standard library's sqlite3. */
class CompiledPackagesTest {
  private static final int PATIENCE = 120;
  private static final String LINE = "Users run on platform threads: _sqlite3 is compiled code";
  /** Users whose statements fail in C, one after the other; an error that gets lost there comes out as a SystemError. */
  private static final String SCRIPT = """
      %simport java
      from locust import User, constant, events, task

      Thread = java.type("java.lang.Thread")

      class Reader(User):
          wait_time = constant(0.01)

          def on_start(self):
              %spass
              self.database = sqlite3.connect(":memory:")

          @task
          def read(self):
              try:
                  self.database.execute("select nothing")
              except sqlite3.OperationalError:
                  answer = self.database.execute("select 4").fetchone()[0]
                  kind = "virtual" if Thread.currentThread().isVirtual() else "platform"
                  events.request.fire(request_type="SQL", name=f"{answer} on {kind}", response_time=1, response_length=0,
                                      exception=None, context={})
                  if self.environment.stats.total.num_requests >= 100:
                      self.environment.runner.quit()
      """;
  private static final String AT_THE_TOP = SCRIPT.formatted("import sqlite3\n", "");
  /** Something waits already when compiled code is loaded: Truffle would wait for it. */
  private static final String BESIDE_A_WAITING_GREENLET = """
      import gevent
      from gevent.event import Event
      waiting = gevent.spawn(Event().wait)
      gevent.sleep(0.1)
      import sqlite3
      """;
  private static final String IN_A_USER = SCRIPT.formatted("", "global sqlite3; import sqlite3\n        ");

  /** What pydantic makes of right and wrong data; what it finds wrong is an exception that comes out of Rust. */
  private static final String MODELS = """
      import xxhash
      from locust import User, constant, events, task
      from pydantic import BaseModel, Field, ValidationError

      class Address(BaseModel):
          zip: int = Field(ge=1)

      class Person(BaseModel):
          name: str
          address: Address

      def done(name, right):
          events.request.fire(request_type="CHECK", name=name, response_time=1, response_length=0,
                              exception=None if right else Exception("wrong"), context={})

      def often(stats, name):
          return stats.get(name, "CHECK").num_requests >= 50

      class Reader(User):
          wait_time = constant(0.01)
          number = 0

          @task
          def right(self):
              self.number += 1
              text = '{"name":"a%d","address":{"zip":%d}}' % (self.number, self.number)
              person = Person.model_validate_json(text)
              done("right", person.address.zip == self.number and person.model_dump_json() == text)

          @task
          def wrong(self):
              try:
                  Person(name=1, address={"zip": 0})
              except ValidationError as error:
                  done("wrong", [one["loc"] for one in error.errors()] == [("name",), ("address", "zip")])

          @task
          def hash(self):
              done("hash", xxhash.xxh64(b"a").hexdigest() == "d24ec4f1a98c6e5b")
              if all(often(self.environment.stats, name) for name in ("right", "wrong", "hash")):
                  self.environment.runner.quit()
      """;

  @TempDir Path folder;

  @Test
  void wheelsForGraalPyComeFromTheIndexAndAreRight() throws IOException {
    try (Program probe = Program.start(folder, Map.of(), List.of(
        "python3", "-m", "pip", "download", "--no-deps", "--retries", "0", "--timeout", "10", "-d", "probe", "six"))) {
      assumeTrue(probe.exitCode(PATIENCE) == 0, () -> "the package index cannot be reached: " + probe.stderr());
    }
    try (Program pip = Program.katydid(folder, "pip", "install", "xxhash", "pydantic>=2")) {
      assertEquals(0, pip.exitCode(PATIENCE), pip.transcript());
      assertTrue(pip.stderr().contains("pydantic_core: a wheel for GraalPy of "), pip.transcript());
    }
    try (Program program = start(MODELS, "-u", "50", "-r", "50")) {
      assertEquals(0, program.exitCode(PATIENCE), program.transcript());
      for (String name : List.of("right", "wrong", "hash")) {
        assertTrue(program.stdout().contains("\"name\": \"" + name + "\""), program.transcript());
      }
      assertFalse(program.stderr().contains("Traceback"), program.transcript());
    }
  }

  @Test
  void usersOfCompiledCodeAreOnPlatformThreadsAndTheirErrorsAreRight() throws IOException {
    try (Program program = start(BESIDE_A_WAITING_GREENLET + AT_THE_TOP)) {
      assertEquals(0, program.exitCode(PATIENCE), program.transcript());
      assertTrue(program.stderr().contains(LINE), program.transcript());
      assertEquals(program.stderr().indexOf(LINE), program.stderr().lastIndexOf(LINE), program.transcript());
      assertFalse(program.stderr().contains("Traceback"), program.transcript());
      assertTrue(program.stdout().contains("4 on platform"), program.transcript());
      assertFalse(program.stdout().contains("4 on virtual"), program.transcript());
    }
  }

  /** Users compute in C, or wait there for the interpreter's lock; a kill that is raised there must not leave it locked. */
  @Test
  void anEndComesToUsersInsideCompiledCode() throws IOException {
    String counting = """
        import sqlite3
        from locust import User, events, task

        class Counter(User):
            @task
            def count(self):
                database = sqlite3.connect(":memory:")
                database.execute("with recursive c(x) as (select 1 union all select x + 1 from c where x < 200000) "
                                 "select sum(x) from c").fetchone()

            def on_stop(self):
                events.request.fire(request_type="END", name="on_stop", response_time=1, response_length=0, exception=None,
                                    context={})
        """;
    try (Program program = start(counting)) {
      program.expect("All users spawned", PATIENCE);
      program.signal("TERM");
      assertEquals(0, program.exitCode(PATIENCE), program.transcript());
      assertTrue(program.stdout().contains("\"num_requests\": 20"), program.transcript());
      assertFalse(program.stderr().contains("SystemError"), program.transcript());
    }
  }

  @Test
  void severalInterpretersInAProcessNeedPatchelf() throws IOException {
    boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(one -> Files.isExecutable(Path.of(one, "patchelf")));
    String port = "" + Peers.freePort();
    try (Program program = start(
        AT_THE_TOP, "-t", "5s", "--processes", "2", "--master-port", port, "--master-bind-port", port)) {
      assertEquals(there ? 0 : 1, program.exitCode(PATIENCE), program.transcript());
      if (!there) {
        assertTrue(program.stderr().contains("locustfile.py, line 1: _sqlite3 is compiled code, which a process with several "
            + "interpreters (--processes, a locustfile that is loaded again) can use only with the program patchelf. Install it"),
            program.transcript());
      }
    }
  }

  @Test
  void aUserOnAVirtualThreadIsToldWhereToImportIt() throws IOException {
    try (Program program = start(IN_A_USER)) {
      program.expect("_sqlite3 is compiled code, which cannot be loaded once users run on virtual threads. "
          + "Import it at the top of the locustfile", PATIENCE);
    }
    try (Program program = start(IN_A_USER, "--user-threads", "platform")) {
      assertEquals(0, program.exitCode(PATIENCE), program.transcript());
      assertTrue(program.stdout().contains("4 on platform"), program.transcript());
    }
  }

  @Test
  void whoAsksForVirtualThreadsGetsOneSentence() throws IOException {
    try (Program program = start(AT_THE_TOP, "--user-threads", "virtual")) {
      assertEquals(1, program.exitCode(PATIENCE), program.transcript());
      assertTrue(program.stderr().contains(
          "locustfile.py, line 1: _sqlite3 is compiled code, which does not work with '--user-threads virtual'"),
          program.transcript());
      assertFalse(program.stderr().contains("Traceback"), program.transcript());
    }
  }

  private Program start(String script, String... more) throws IOException {
    Files.writeString(folder.resolve("locustfile.py"), script);
    List<String> words = new ArrayList<>(List.of("--headless", "-u", "20", "-r", "20", "--json"));
    words.addAll(Arrays.asList(more));
    return Program.katydid(folder, Map.of(), words.toArray(String[]::new));
  }
}
