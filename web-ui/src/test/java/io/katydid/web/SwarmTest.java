package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.katydid.console.StartOrder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** `POST /swarm` against web-api section 3. */
final class SwarmTest {
  private final FakeConsole console = new FakeConsole();
  private RunningWeb web;

  @BeforeEach
  void start() throws Exception {
    web = new RunningWeb(console);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void startsWithTheFieldsOfTheForm() throws Exception {
    HttpResponse<String> reply =
        web.post("/swarm", "user_count=6&spawn_rate=2.5&host=http%3A%2F%2Fa%3Cb%3E%3A1&run_time=1h2m3s");
    assertEquals(
        "{\n  \"host\": \"http://ab:1\",\n  \"message\": \"Swarming started\",\n  \"run_time\": 3723,\n"
            + "  \"success\": true\n}\n",
        reply.body());
    assertEquals("application/json", reply.headers().firstValue("content-type").orElseThrow());
    assertEquals(List.of(new StartOrder(6, 2.5, "http://ab:1", 3723.0, null, null)), console.starts);
    assertEquals(6L, console.options.get("num_users"));
    assertEquals(2.5, console.options.get("spawn_rate"));
  }

  @Test
  void takesMultipartAndTheOldNames() throws Exception {
    String body = "--x\r\nContent-Disposition: form-data; name=\"locust_count\"\r\n\r\n4\r\n"
        + "--x\r\nContent-Disposition: form-data; name=\"hatch_rate\"\r\n\r\n4\r\n--x--\r\n";
    HttpResponse<String> reply = web.send(web.request("/swarm")
        .header("Content-Type", "multipart/form-data; boundary=x")
        .POST(HttpRequest.BodyPublishers.ofString(body)));
    assertTrue(RunningWeb.JSON.readTree(reply.body()).get("success").asBoolean(), reply.body());
    assertEquals(4, console.starts.getFirst().users());
    assertEquals(4.0, console.starts.getFirst().spawnRate());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "user_count=abc&spawn_rate=1|Invalid user_count value: 'abc' (must be an integer)",
    "user_count=1.5&spawn_rate=1|Invalid user_count value: '1.5' (must be an integer)",
    "user_count=99999999999&spawn_rate=1|Invalid user_count value: '99999999999' (must be an integer)",
    "user_count=1&spawn_rate=x|Invalid spawn_rate value: 'x' (must be a number)",
    "user_count=1&spawn_rate=0x1p3|Invalid spawn_rate value: '0x1p3' (must be a number)",
    "user_count=1|Missing or invalid user_count or spawn_rate from /swarm request",
    "user_count=-1&spawn_rate=1|Missing or invalid user_count or spawn_rate from /swarm request",
    "user_count=1&spawn_rate=0|Missing or invalid user_count or spawn_rate from /swarm request",
    "user_count=1&spawn_rate=nan|Missing or invalid user_count or spawn_rate from /swarm request",
    "user_count=1&spawn_rate=inf|Missing or invalid user_count or spawn_rate from /swarm request",
    "user_count=1&spawn_rate=1&run_time=soon|"
        + "Valid run_time formats are : 20, 20s, 3m, 2h, 1h20m, 3h30m10s, etc."
  })
  void refusesWithStatus200AndASentence(String form, String message) throws Exception {
    JsonNode reply = web.swarm(form);
    assertFalse(reply.get("success").asBoolean());
    assertEquals(message, reply.get("message").asText());
    assertEquals("http://127.0.0.1:8000", reply.get("host").asText());
    assertTrue(console.starts.isEmpty());
    assertEquals(List.of("ERROR locust.web " + message), console.logged);
  }

  @Test
  void noUsersIsANumberOfUsers() throws Exception {
    assertTrue(web.swarm("user_count=0&spawn_rate=1&run_time=").get("success").asBoolean());
    assertNull(console.starts.getFirst().runTimeSeconds());
  }

  @Test
  void otherOptionsKeepTheirKind() throws Exception {
    console.options.put("flag", false);
    console.options.put("number", 3L);
    console.options.put("ratio", 0.5);
    console.options.put("numbers", List.of(1L));
    console.options.put("words", List.of("a"));
    console.options.put("nothing", null);
    web.swarm("user_count=1&spawn_rate=1&flag=true&number=7&ratio=1&numbers=4,5&words=x&words=y&nothing=z&unknown=1");
    assertEquals(true, console.options.get("flag"));
    assertEquals(7L, console.options.get("number"));
    assertEquals(1.0, console.options.get("ratio"));
    assertEquals(List.of(4L, 5L), console.options.get("numbers"));
    assertEquals(List.of("x", "y"), console.options.get("words"));
    assertEquals("z", console.options.get("nothing"));
    assertFalse(console.options.containsKey("unknown"));
  }

  @Test
  void aShapeNeedsNoNumbers() throws Exception {
    console.setup = FakeConsole.setup(false, "StepShape", List.of());
    JsonNode reply = web.swarm("");
    assertEquals("Swarming started using shape class 'StepShape'", reply.get("message").asText());
  }

  @Test
  void theClassPickerTellsWhichClassesRun() throws Exception {
    console.setup = FakeConsole.setup(true, "StepShape", List.of());
    JsonNode all = web.swarm("user_count=1&spawn_rate=1");
    assertEquals("[\"Alpha\",\"Beta\"]", all.get("user_classes").toString());
    JsonNode one = web.swarm("user_count=1&spawn_rate=1&user_classes=Beta&shape_class=StepShape");
    assertEquals("Swarming started using shape class 'StepShape'", one.get("message").asText());
    assertEquals(List.of("Beta"), console.starts.getLast().userClasses());
    assertEquals("", console.starts.getFirst().shapeClass());
    assertEquals("StepShape", console.starts.getLast().shapeClass());
    assertFalse(one.has("user_classes"), one.toString());
    JsonNode mixed = web.swarm("user_count=1&spawn_rate=1&user_classes=Nope&user_classes=Beta&user_classes=Alpha");
    assertEquals("[\"Alpha\",\"Beta\"]", mixed.get("user_classes").toString());
  }

  @Test
  void noRunTimeIsNoLimit() throws Exception {
    JsonNode reply = web.swarm("user_count=1&spawn_rate=1&run_time=0s");
    assertFalse(reply.has("run_time"), reply.toString());
    assertNull(console.starts.getFirst().runTimeSeconds());
  }

  @Test
  void aPercentSignThatBeginsNoEscapeStandsForItself() throws Exception {
    console.options.put("profile", null);
    assertTrue(web.swarm("user_count=1&spawn_rate=1&profile=50%&host=http://a/%zz%41").get("success").asBoolean());
    assertEquals("50%", console.options.get("profile"));
    assertEquals("http://a/%zzA", console.starts.getFirst().host());
  }

  @Test
  void anUnknownShapeIsAnError() throws Exception {
    console.setup = FakeConsole.setup(true, null, List.of());
    HttpResponse<String> reply = web.post("/swarm", "user_count=1&spawn_rate=1&shape_class=Nope");
    assertEquals(500, reply.statusCode());
    assertEquals("'Nope'", reply.body());
  }

  @Test
  void theFormOfOurPageIsNotTakenForTheOtherOne() throws Exception {
    assertEquals(
        "The test has ended meanwhile, so there is nothing to edit.",
        web.swarm("katydid-form=edit&user_count=3&spawn_rate=1").get("message").asText());
    assertTrue(web.swarm("katydid-form=start&user_count=3&spawn_rate=1").get("success").asBoolean());
    assertEquals(
        "A test has been started meanwhile. Edit that one, or stop it first.",
        web.swarm("katydid-form=start&user_count=4&spawn_rate=1").get("message").asText());
    assertEquals(1, console.starts.size());
    assertEquals(3L, console.options.get("num_users"));
  }

  @Test
  void onlyAnEditOfOurPageWithoutARunTimeKeepsTheLimit() throws Exception {
    web.swarm("user_count=3&spawn_rate=1&run_time=1h");
    web.swarm("katydid-form=edit&user_count=4&spawn_rate=1");
    web.swarm("katydid-form=edit&user_count=5&spawn_rate=1&run_time=");
    web.swarm("user_count=6&spawn_rate=1");
    assertEquals(
        List.of(false, true, false, false), console.starts.stream().map(StartOrder::keepsRunTime).toList());
    assertEquals(null, console.starts.get(2).runTimeSeconds());
  }
}
