package io.katydid.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the files a run has written with `--csv PREFIX`: rows as maps from the header's names. */
final class RunFiles {
  private RunFiles() {}

  static List<Map<String, String>> rows(Path file) {
    try {
      List<List<String>> lines = parse(Files.readString(file));
      List<Map<String, String>> rows = new ArrayList<>();
      for (List<String> cells : lines.subList(1, lines.size())) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
          row.put(lines.getFirst().get(i), cells.get(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** "type name" to one column, for comparing runs. */
  static Map<String, String> column(Path file, String column) {
    Map<String, String> values = new TreeMap<>();
    for (Map<String, String> row : rows(file)) {
      values.put(row.get("Type") + " " + row.get("Name"), row.get(column));
    }
    return values;
  }

  static List<String> header(Path file) {
    try {
      return parse(Files.readString(file)).getFirst();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<List<String>> parse(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',') {
        cells.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\n') {
        cells.add(cell.toString());
        cell.setLength(0);
        lines.add(cells);
        cells = new ArrayList<>();
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    return lines;
  }
}
