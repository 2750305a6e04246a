package io.katydid.standby;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run to be made by a process on standby.
 *
 * @param program the name the user called
 * @param words the rest of the command line
 * @param environment all of the user's variables
 * @param folder where the user called it
 * @param limits those of the user's process
 * @param surroundings where the user's process was started
 */
record Order(
    String program, List<String> words, Map<String, String> environment, Path folder, Limits limits, Surroundings surroundings) {
  /** More than the kernel lets a command line and its environment have (2 MB by default, 6 MB at most). */
  static final int MOST_BYTES = 16 * 1024 * 1024;

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(bytes);
    write(to, List.of(program, folder.toString(), Integer.toString(limits.umask())));
    write(to, limits.resources().stream().map(String::valueOf).toList());
    write(to, words);
    write(to, flat(environment));
    write(to, flat(surroundings.facts()));
    return bytes.toByteArray();
  }

  /** @throws IOException if that is no order */
  static Order of(byte[] bytes) throws IOException {
    try (DataInputStream from = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<String> first = read(from);
      List<String> resources = read(from);
      List<String> words = read(from);
      Map<String, String> environment = pairs(read(from));
      Surroundings surroundings = new Surroundings(pairs(read(from)));
      if (first.size() != 3 || from.available() > 0) {
        throw new IOException("this is no order");
      }
      Limits limits = new Limits(resources.stream().map(Long::valueOf).toList(), Integer.parseInt(first.get(2)));
      return new Order(first.getFirst(), words, environment, Path.of(first.get(1)), limits, surroundings);
    } catch (NumberFormatException e) {
      throw new IOException("this is no order", e);
    }
  }

  private static void write(DataOutputStream to, List<String> texts) throws IOException {
    to.writeInt(texts.size());
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      to.writeInt(bytes.length);
      to.write(bytes);
    }
  }

  private static List<String> read(DataInputStream from) throws IOException {
    int count = size(from);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(new String(from.readNBytes(size(from)), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static int size(DataInputStream from) throws IOException {
    int size = from.readInt();
    if (size < 0 || size > from.available()) {
      throw new IOException("this is no order");
    }
    return size;
  }

  private static List<String> flat(Map<String, String> map) {
    List<String> texts = new ArrayList<>();
    map.forEach((key, value) -> texts.addAll(List.of(key, value)));
    return texts;
  }

  private static Map<String, String> pairs(List<String> texts) throws IOException {
    if (texts.size() % 2 != 0) {
      throw new IOException("this is no order");
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i += 2) {
      map.put(texts.get(i), texts.get(i + 1));
    }
    return map;
  }
}
