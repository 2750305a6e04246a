package io.katydid.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One frame that was seen between real masters and workers; also used by the tests of the protocol. */
public record CapturedFrame(JsonNode json, byte[] bytes) {

  public static List<CapturedFrame> all() {
    ObjectMapper mapper = new ObjectMapper();
    List<CapturedFrame> frames = new ArrayList<>();
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(
        CapturedFrame.class.getResourceAsStream("wire-frames.jsonl"), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode json = mapper.readTree(line);
        frames.add(new CapturedFrame(json, HexFormat.of().parseHex(json.get("hex").asText())));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return frames;
  }

  public boolean undecodable() {
    return json.has("undecodable");
  }

  public String scenario() {
    return json.get("scenario").asText();
  }

  public boolean fromMaster() {
    return json.get("dir").asText().equals("master->worker");
  }

  /** Boomer and locust4j encode differently from Python. */
  public boolean fromPython() {
    return fromMaster() || !scenario().equals("real_boomer") && !scenario().equals("real_locust4j");
  }

  @Override
  public String toString() {
    return scenario() + " " + json.get("dir").asText() + " " + json.get("type").asText();
  }
}
