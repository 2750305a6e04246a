package io.katydid.graalpy;

import java.util.Arrays;

/**
 * What was found in one piece of an XML document, on its way to Python in one text: XML cannot have the characters between the
 * events (0), between their parts (1), and for a part that is not there (2). Where an event is and what it was in the document
 * stays here until Python asks. Owned by one {@link XmlScanner}.
 */
final class XmlEvents {
  private StringBuilder text = new StringBuilder();
  private int size;
  private char[][] sources = new char[64][];
  private int[] from = new int[64];
  private int[] to = new int[64];
  private int[] lines = new int[64];
  private int[] columns = new int[64];
  private long[] bytes = new long[64];

  void clear() {
    text = new StringBuilder();
    size = 0;
  }

  int size() {
    return size;
  }

  void begin(String kind, char[] source, int start, int end, int line, int column, long offset) {
    if (size == from.length) {
      int more = size * 2;
      sources = Arrays.copyOf(sources, more);
      from = Arrays.copyOf(from, more);
      to = Arrays.copyOf(to, more);
      lines = Arrays.copyOf(lines, more);
      columns = Arrays.copyOf(columns, more);
      bytes = Arrays.copyOf(bytes, more);
    }
    sources[size] = source;
    from[size] = start;
    to[size] = end;
    lines[size] = line;
    columns[size] = column;
    bytes[size] = offset;
    if (size++ > 0) {
      text.append('\0');
    }
    text.append(kind);
  }

  void part(String part) {
    text.append('\1').append(part == null ? "\2" : part);
  }

  void part(char[] source, int start, int end) {
    text.append('\1').append(source, start, end - start);
  }

  /** Makes the last event's last part longer. */
  void longer(char[] source, int start, int end) {
    text.append(source, start, end - start);
    if (sources[size - 1] == source && to[size - 1] == start) {
      to[size - 1] = end;
    }
  }

  String text() {
    return text.toString();
  }

  String raw(int index) {
    return new String(sources[index], from[index], to[index] - from[index]);
  }

  int line(int index) {
    return lines[index];
  }

  int column(int index) {
    return columns[index];
  }

  long offset(int index) {
    return bytes[index];
  }
}
