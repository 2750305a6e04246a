package io.katydid.graalpy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Value;

/**
 * Reads one XML document that comes in pieces, for Python's {@code pyexpat}, and finds the errors that Expat finds, where it
 * finds them. What a piece has is handed over in one go ({@link XmlEvents}). It stops early where Python must decide
 * something ({@link #more}). Fetches nothing. Owned by one Python object; one thread at a time.
 */
public final class XmlScanner {
  private static final int EVENTS_AT_ONCE = 20_000;
  private static final long UNBOUNDED_UNTIL = 8L << 20;
  private static final int MOST_AMPLIFICATION = 100;
  private static final String XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
  private static final String XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";

  private enum State { PROLOG, SUBSET, CONTENT, CDATA, EPILOG }

  /** A text that is being read: the document, or in it an entity's. */
  private static final class Frame {
    char[] buf;
    int pos;
    int end;
    XmlEntity entity;
    int level;
  }

  private record Tag(String rawName, String name, int namespaces) {}

  private record Bound(String prefix, String before) {}

  private final XmlEvents events = new XmlEvents();
  private final XmlDtd dtd;
  private final boolean namespaces;
  private final String separator;
  private final Frame main = new Frame();
  private final ArrayDeque<Frame> frames = new ArrayDeque<>();
  private final ArrayDeque<Tag> tags = new ArrayDeque<>();
  private final ArrayDeque<Bound> bound = new ArrayDeque<>();
  private final Map<String, String> uris;
  private final boolean external;
  private XmlDecoder decoder;
  private boolean encodingGiven;
  private boolean undecided;
  private boolean begun;
  private boolean declarationPossible = true;
  private State state = State.PROLOG;
  private boolean doctypeSeen;
  private boolean doctypeExternal;
  private boolean subsetBegun;
  private boolean doctypeEnds;
  private String doctypeSystem;
  private String doctypePublic;
  private boolean last;
  private boolean more;
  private boolean stop;
  private int errorCode;
  /** Where the last event of the document itself began, and how far lines and columns have been counted. */
  private int eventStart;
  private int counted;
  private int line = 1;
  private int column;
  private long offset;
  private boolean afterReturn;
  private long direct;
  private long indirect;
  private boolean mergeText;
  private int mostMerged;
  private int merged = -1;
  private boolean expand = true;
  private boolean prefixes;
  private int parameterParsing;
  private boolean foreignDtd;
  /** The document has been given its foreign DTD; once is enough. */
  private boolean foreignDtdAsked;
  private boolean externalHandled;
  private boolean standaloneAsked;

  XmlScanner(String encoding, String separator) {
    this(encoding, separator, new XmlDtd(), new HashMap<>(), false);
    if (namespaces) {
      uris.put("xml", XML_NAMESPACE);
    }
  }

  private XmlScanner(String encoding, String separator, XmlDtd dtd, Map<String, String> uris, boolean external) {
    this.separator = separator;
    this.namespaces = separator != null;
    this.dtd = dtd;
    this.uris = uris;
    this.external = external;
    decoder = new XmlDecoder(encoding);
    encodingGiven = encoding != null;
    undecided = true;
    main.buf = new char[0];
    frames.push(main);
  }

  /** A parser of an external entity of this document; without context that of its declarations. */
  public XmlScanner forEntity(String context, String encoding) {
    XmlScanner made = new XmlScanner(encoding, separator, dtd, new HashMap<>(uris), true);
    made.state = context == null ? State.SUBSET : State.CONTENT;
    return made;
  }

  /** What Python has set, before each piece. */
  public void set(boolean mergeText, int mostMerged, boolean expand, boolean prefixes, int parameterParsing,
      boolean foreignDtd, boolean externalHandled, boolean standaloneAsked) {
    this.mergeText = mergeText;
    this.mostMerged = mostMerged;
    this.expand = expand;
    this.prefixes = prefixes;
    this.parameterParsing = parameterParsing;
    this.foreignDtd = foreignDtd && !foreignDtdAsked;
    this.externalHandled = externalHandled;
    this.standaloneAsked = standaloneAsked;
  }

  /** The next piece is a text. False if it cannot be written as UTF-8. */
  public boolean addText(String text, boolean last) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    if (!begun || !encodingGiven) {
      decoder.encoding("UTF-8");
      encodingGiven = true;
    }
    undecided = false;
    if (!begun && text.startsWith("\uFEFF")) {
      text = text.substring(1);
      offset += 3;
      column++;
    }
    begun |= !text.isEmpty();
    append(text);
    this.last = last;
    return true;
  }

  /** The next piece are bytes. */
  public void addBytes(Value bytes, boolean last) {
    decoder.add(BridgeSession.bytesOf(bytes));
    this.last = last;
  }

  /** The name of an encoding that Python knows better; it answers with {@link #encodingTable}. */
  public String unknownEncoding() {
    return decoder.unknown();
  }

  public void encodingTable(String table) {
    decoder.table(table);
  }

  /** The events of what is there. */
  public String events() {
    events.clear();
    merged = -1;
    more = false;
    stop = false;
    if (errorCode != 0) {
      return "";
    }
    try {
      run();
    } catch (XmlFault e) {
      fail(e);
    }
    if (errorCode == 0 && !more) {
      locate(main.pos);
    }
    return events.text();
  }

  /** Whether {@link #events} is to be called again. */
  public boolean more() {
    return more;
  }

  public int errorCode() {
    return errorCode;
  }

  /** A handler of an external entity, or of a document that is not standalone, has said no. */
  public void refuse(int code) {
    errorCode = code;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }

  public long offset() {
    return offset;
  }

  public int lineOf(int event) {
    return events.line(event);
  }

  public int columnOf(int event) {
    return events.column(event);
  }

  public long offsetOf(int event) {
    return events.offset(event);
  }

  /** What an event is in the document. */
  public String raw(int event) {
    return events.raw(event);
  }

  private void append(CharSequence text) {
    int keep = Math.min(main.pos, counted);
    int left = main.end - keep;
    if (keep > 0 || left + text.length() > main.buf.length) {
      // A new array: events of an earlier piece may still point into the old one.
      char[] grown = new char[Math.max(left + text.length(), text.length() < 1024 ? left + left / 2 : 0)];
      System.arraycopy(main.buf, keep, grown, 0, left);
      main.buf = grown;
      main.pos -= keep;
      counted -= keep;
      eventStart = Math.max(0, eventStart - keep);
      main.end = left;
    }
    for (int i = 0; i < text.length(); i++) {
      main.buf[main.end++] = text.charAt(i);
    }
    direct += text.length();
  }

  /** Takes characters out of the bytes; false if there are none. */
  private boolean fill() {
    if (!decoder.rest() || decoder.unknown() != null) {
      return false;
    }
    int mark = decoder.skipMark(last);
    if (mark < 0) {
      return false;
    }
    offset += mark;
    column += mark > 0 ? 1 : 0;
    begun = true;
    if (undecided) {
      int before = main.end;
      while (decoder.rest()) {
        StringBuilder one = decoder.take(1);
        if (one.isEmpty()) {
          break;
        }
        append(one);
        int n = main.end - main.pos;
        String begin = "<?xml ";
        if (n <= 6 && !(n == 6 ? XmlNames.space(main.buf[main.end - 1]) : main.buf[main.end - 1] == begin.charAt(n - 1))
            || n > 6 && main.buf[main.end - 1] == '>' && main.buf[main.end - 2] == '?') {
          undecided = false;
          break;
        }
      }
      return main.end > before;
    }
    StringBuilder text = decoder.take(Integer.MAX_VALUE - 16);
    append(text);
    return !text.isEmpty();
  }

  private void run() throws XmlFault {
    if (begunWithoutBytes()) {
      fill();
    }
    while (true) {
      if (stop || events.size() >= EVENTS_AT_ONCE) {
        more = true;
        return;
      }
      if (decoder.unknown() != null && (decoder.rest() || begun)) {
        more = true;
        return;
      }
      Frame frame = frames.peek();
      try {
        if (frame.pos == frame.end && !doctypeEnds) {
          if (frame == main) {
            if (fill()) {
              continue;
            }
            if (last) {
              finish();
            }
            return;
          }
          close(frame);
          continue;
        }
        step(frame);
      } catch (XmlFault e) {
        if (e.code > 0) {
          throw e;
        }
        if (frame == main && fill()) {
          continue;
        }
        if (frame == main && !last) {
          return;
        }
        if (e.code == XmlFault.BETWEEN_TOKENS && frame == main) {
          throw new XmlFault(XmlFault.NO_ELEMENTS, frame.end);
        }
        throw new XmlFault(state == State.CDATA ? XmlFault.UNCLOSED_CDATA
            : frame == main && decoder.rest() ? XmlFault.PARTIAL_CHAR : XmlFault.UNCLOSED_TOKEN, frame.pos);
      }
    }
  }

  private boolean begunWithoutBytes() {
    return main.pos == main.end;
  }

  private void finish() throws XmlFault {
    if (decoder.rest()) {
      throw new XmlFault(XmlFault.PARTIAL_CHAR, main.pos);
    }
    switch (state) {
      case EPILOG -> { }
      case CDATA -> throw new XmlFault(XmlFault.UNCLOSED_CDATA, main.pos);
      case CONTENT -> {
        if (!external) {
          throw new XmlFault(XmlFault.NO_ELEMENTS, main.pos);
        }
        if (!tags.isEmpty()) {
          throw new XmlFault(XmlFault.ASYNCHRONOUS_ENTITY, main.pos);
        }
      }
      case SUBSET -> {
        if (!external) {
          throw new XmlFault(XmlFault.NO_ELEMENTS, main.pos);
        }
      }
      default -> throw new XmlFault(XmlFault.NO_ELEMENTS, main.pos);
    }
  }

  private void fail(XmlFault e) {
    errorCode = e.code;
    locate(frames.peek() == main ? e.at : eventStart);
  }

  private void close(Frame frame) throws XmlFault {
    if (state == State.CDATA) {
      throw new XmlFault(XmlFault.UNCLOSED_CDATA, frame.pos);
    }
    if (state == State.CONTENT && tags.size() != frame.level) {
      throw new XmlFault(XmlFault.ASYNCHRONOUS_ENTITY, frame.pos);
    }
    frame.entity.open = false;
    frames.pop();
  }

  private void open(XmlEntity entity) throws XmlFault {
    amplify(entity.text.length, frames.peek().pos);
    Frame frame = new Frame();
    frame.buf = entity.text;
    frame.end = entity.text.length;
    frame.entity = entity;
    frame.level = tags.size();
    entity.open = true;
    frames.push(frame);
  }

  private void amplify(int size, int at) throws XmlFault {
    indirect += size;
    long total = direct + indirect;
    if (total > UNBOUNDED_UNTIL && total > direct * MOST_AMPLIFICATION) {
      throw new XmlFault(XmlFault.AMPLIFICATION, at);
    }
  }

  /** Counts lines and columns up to there. */
  private void locate(int to) {
    char[] buf = main.buf;
    for (int i = counted; i < to && i < main.end; i++) {
      char c = buf[i];
      offset += decoder.widthOf(c);
      if (c == '\n') {
        if (!afterReturn) {
          line++;
        }
        column = 0;
      } else if (c == '\r') {
        line++;
        column = 0;
      } else if (!Character.isLowSurrogate(c)) {
        column++;
      }
      afterReturn = c == '\r';
    }
    counted = Math.max(counted, to);
  }

  /** An event of a declaration is where what decides it is, not where the declaration begins. */
  private void locateIn(Frame frame, int at) {
    if (frame == main) {
      locate(at);
    }
  }

  private void event(String kind, Frame frame, int start, int end) {
    if (frame == main) {
      eventStart = start;
      locate(start);
    }
    merged = -1;
    events.begin(kind, frame.buf, start, end, line, column, offset);
  }

  private void text(Frame frame, int start, int end, char[] source, int from, int to) {
    if (mergeText && merged >= 0 && merged + to - from <= mostMerged) {
      if (frame == main) {
        eventStart = start;
      }
      events.longer(source, from, to);
      merged += to - from;
      return;
    }
    event("C", frame, start, end);
    events.part(source, from, to);
    merged = to - from;
  }

  private static char at(Frame frame, int i) throws XmlFault {
    if (i >= frame.end) {
      throw new XmlFault(0, i);
    }
    return frame.buf[i];
  }

  private static XmlFault invalid(int at) {
    return new XmlFault(XmlFault.INVALID_TOKEN, at);
  }

  /** The end of the name that begins here. */
  private int name(Frame frame, int start) throws XmlFault {
    char c = at(frame, start);
    if (!XmlNames.starts(c) || namespaces && c == ':') {
      throw invalid(start);
    }
    boolean colon = false;
    int i = start + 1;
    while (XmlNames.continues(c = at(frame, i))) {
      if (c == ':' && namespaces) {
        if (colon) {
          throw invalid(i);
        }
        colon = true;
        char first = at(frame, i + 1);
        if (!XmlNames.starts(first) || first == ':') {
          throw invalid(i + 1);
        }
      }
      i++;
    }
    return i;
  }

  private static int spaces(Frame frame, int start) throws XmlFault {
    int i = start;
    while (XmlNames.space(at(frame, i))) {
      i++;
    }
    return i;
  }

  private static boolean is(Frame frame, int start, String text) throws XmlFault {
    for (int i = 0; i < text.length(); i++) {
      if (at(frame, start + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static void expect(Frame frame, int start, String text) throws XmlFault {
    for (int i = 0; i < text.length(); i++) {
      if (at(frame, start + i) != text.charAt(i)) {
        throw invalid(start + i);
      }
    }
  }

  private void step(Frame frame) throws XmlFault {
    switch (state) {
      case CONTENT -> content(frame);
      case CDATA -> cdata(frame);
      case SUBSET -> subset(frame);
      case PROLOG -> prolog(frame);
      default -> epilog(frame);
    }
  }

  // ---- outside of the root element

  private void prolog(Frame frame) throws XmlFault {
    if (doctypeEnds) {
      doctypeEnds = false;
      event("f", frame, frame.pos - 1, frame.pos - 1);
      return;
    }
    int start = frame.pos;
    if (misc(frame)) {
      return;
    }
    if (frame.buf[start] != '<') {
      char c = frame.buf[start];
      if (XmlNames.continues(c) || "[]()|,>%#\"'".indexOf(c) >= 0) {
        throw new XmlFault(XmlFault.SYNTAX, start);
      }
      throw invalid(start);
    }
    char c = at(frame, start + 1);
    if (c == '!') {
      if (!XmlNames.starts(at(frame, start + 2))) {
        throw invalid(start + 2);
      }
      int end = name(frame, start + 2);
      if (!"DOCTYPE".equals(new String(frame.buf, start + 2, end - start - 2)) || doctypeSeen) {
        throw new XmlFault(XmlFault.SYNTAX, start);
      }
      doctype(frame, end);
      return;
    }
    if (!XmlNames.starts(c)) {
      throw invalid(start + 1);
    }
    declarationPossible = false;
    if (!doctypeSeen && foreignDtd && parameterParsing != 0) {
      foreignDtd = false;
      foreignDtdAsked = true;
      dtd.hasParameterReferences = true;
      if (externalHandled) {
        externalSubset(frame, start, start);
        return;
      }
    }
    state = State.CONTENT;
  }

  private void epilog(Frame frame) throws XmlFault {
    int start = frame.pos;
    if (misc(frame)) {
      return;
    }
    char c = frame.buf[start];
    if (!XmlNames.allowed(c) || c == '&') {
      throw invalid(start);
    }
    if (c == '<' && !XmlNames.starts(at(frame, start + 1)) && frame.buf[start + 1] != '!') {
      throw invalid(start + 1);
    }
    throw new XmlFault(XmlFault.JUNK_AFTER_DOCUMENT, start);
  }

  /** Blanks, comments and instructions; false if it is something else. */
  private boolean misc(Frame frame) throws XmlFault {
    int start = frame.pos;
    char c = frame.buf[start];
    if (XmlNames.space(c)) {
      int i = start + 1;
      while (i < frame.end && XmlNames.space(frame.buf[i])) {
        i++;
      }
      declarationPossible = false;
      event("D", frame, start, i);
      frame.pos = i;
      return true;
    }
    if (c != '<') {
      return false;
    }
    char next = at(frame, start + 1);
    if (next == '?') {
      instruction(frame);
      return true;
    }
    if (next == '!' && at(frame, start + 2) == '-') {
      comment(frame);
      declarationPossible = false;
      return true;
    }
    return false;
  }

  private void comment(Frame frame) throws XmlFault {
    int start = frame.pos;
    expect(frame, start + 2, "--");
    int i = start + 4;
    while (true) {
      char c = at(frame, i);
      if (c == '-' && at(frame, i + 1) == '-') {
        if (at(frame, i + 2) != '>') {
          throw invalid(i + 2);
        }
        break;
      }
      if (!XmlNames.allowed(c)) {
        throw invalid(i);
      }
      i++;
    }
    event("c", frame, start, i + 3);
    events.part(lines(new String(frame.buf, start + 4, i - start - 4)));
    frame.pos = i + 3;
  }

  private static String lines(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private void instruction(Frame frame) throws XmlFault {
    int start = frame.pos;
    char first = at(frame, start + 2);
    if (!XmlNames.starts(first)) {
      throw invalid(start + 2);
    }
    int end = start + 3;
    char c;
    while (XmlNames.continues(c = at(frame, end))) {
      if (c == ':' && namespaces) {
        throw invalid(end);
      }
      end++;
    }
    String target = new String(frame.buf, start + 2, end - start - 2);
    if (target.equalsIgnoreCase("xml") && !target.equals("xml")) {
      throw invalid(end);
    }
    if (c != '?' && !XmlNames.space(c)) {
      throw invalid(end);
    }
    int i = end;
    if (c == '?') {
      if (at(frame, end + 1) != '>') {
        throw invalid(end + 1);
      }
    } else {
      i = spaces(frame, end);
    }
    int from = i;
    while (!(at(frame, i) == '?' && at(frame, i + 1) == '>')) {
      if (!XmlNames.allowed(frame.buf[i])) {
        throw invalid(i);
      }
      i++;
    }
    if (target.equals("xml")) {
      if (!declarationPossible || frame != main) {
        throw new XmlFault(XmlFault.MISPLACED_DECLARATION, start);
      }
      declaration(frame, end, i);
    } else {
      event("p", frame, start, i + 2);
      events.part(target);
      events.part(lines(new String(frame.buf, from, i - from)));
    }
    declarationPossible = false;
    frame.pos = i + 2;
  }

  /** {@code <?xml ...?>}. */
  private void declaration(Frame frame, int start, int end) throws XmlFault {
    int wrong = external ? XmlFault.TEXT_DECLARATION : XmlFault.XML_DECLARATION;
    String[] values = new String[3];
    int encodingAt = start;
    int i = start;
    int known = 0;
    List<String> names = List.of("version", "encoding", "standalone");
    while (true) {
      int before = i;
      while (i < end && XmlNames.space(frame.buf[i])) {
        i++;
      }
      if (i == end) {
        break;
      }
      if (before == i) {
        throw new XmlFault(wrong, i);
      }
      int from = i;
      while (i < end && frame.buf[i] >= 'a' && frame.buf[i] <= 'z') {
        i++;
      }
      int which = names.indexOf(new String(frame.buf, from, i - from));
      while (i < end && XmlNames.space(frame.buf[i])) {
        i++;
      }
      if (i == end || frame.buf[i] != '=') {
        throw new XmlFault(wrong, i);
      }
      i++;
      while (i < end && XmlNames.space(frame.buf[i])) {
        i++;
      }
      if (i == end || frame.buf[i] != '"' && frame.buf[i] != '\'') {
        throw new XmlFault(wrong, i);
      }
      char quote = frame.buf[i++];
      int value = i;
      while (i < end && frame.buf[i] != quote) {
        char c = frame.buf[i];
        if (!(c < 0x80 && Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_')) {
          throw new XmlFault(wrong, i);
        }
        i++;
      }
      if (i == end) {
        throw new XmlFault(wrong, i);
      }
      if (which < known || !external && known == 0 && which != 0) {
        throw new XmlFault(wrong, from);
      }
      values[which] = new String(frame.buf, value, i - value);
      if (which == 1) {
        encodingAt = value;
        if (values[1].isEmpty() || !(values[1].charAt(0) < 0x80 && Character.isLetter(values[1].charAt(0)))) {
          throw new XmlFault(wrong, value);
        }
      } else if (which == 2 && !values[2].equals("yes") && !values[2].equals("no")) {
        throw new XmlFault(wrong, value);
      }
      known = which + 1;
      i++;
    }
    if (external ? values[1] == null || values[2] != null : values[0] == null) {
      throw new XmlFault(wrong, i);
    }
    event("X", frame, frame.pos, end + 2);
    events.part(values[0]);
    events.part(values[1]);
    events.part(values[2] == null ? "-1" : values[2].equals("yes") ? "1" : "0");
    dtd.standalone |= "yes".equals(values[2]);
    if (values[1] != null && !encodingGiven) {
      String name = XmlDecoder.normal(values[1]);
      if (decoder.wide() != name.startsWith("UTF-16")) {
        throw new XmlFault(XmlFault.WRONG_ENCODING, encodingAt);
      }
      if (!decoder.wide()) {
        // The declaration itself is ASCII in every one of them.
        locate(end + 2);
        decoder.encoding(name);
      }
    }
    encodingGiven = true;
    undecided = false;
  }

  // ---- declarations

  private void doctype(Frame frame, int nameEnd) throws XmlFault {
    int start = frame.pos;
    XmlDeclaration tokens = XmlDeclaration.read(frame.buf, nameEnd, frame.end, true);
    if (!XmlNames.space(frame.buf[nameEnd])) {
      throw invalid(nameEnd);
    }
    String name = tokens.take('n').text();
    String[] ids = externalId(tokens);
    XmlDeclaration.Token closing = tokens.peek();
    if (closing.kind() != '[' && closing.kind() != '>') {
      throw new XmlFault(XmlFault.SYNTAX, closing.at());
    }
    doctypeSeen = true;
    declarationPossible = false;
    doctypeSystem = ids == null ? null : ids[0];
    doctypePublic = ids == null ? null : ids[1];
    doctypeExternal = ids != null;
    if (doctypeExternal) {
      dtd.hasParameterReferences = true;
    }
    boolean subset = closing.kind() == '[';
    locateIn(frame, closing.at());
    event("d", frame, start, tokens.end);
    events.part(name);
    events.part(doctypeSystem);
    events.part(doctypePublic);
    events.part(subset ? "1" : "0");
    frame.pos = tokens.end;
    if (subset) {
      state = State.SUBSET;
      subsetBegun = true;
      if (doctypeExternal && !dtd.standalone && standaloneAsked) {
        event("l", frame, start, start);
        stop = true;
      }
    } else {
      doctypeClosed(frame, tokens.end - 1, tokens.end);
    }
  }

  private void doctypeClosed(Frame frame, int start, int end) {
    state = State.PROLOG;
    doctypeEnds = true;
    boolean foreign = foreignDtd && !doctypeExternal;
    foreignDtd = false;
    foreignDtdAsked = true;
    if (doctypeExternal || foreign) {
      dtd.hasParameterReferences = true;
      if (parameterParsing == 2 || parameterParsing == 1 && !dtd.standalone) {
        if (externalHandled) {
          externalSubset(frame, start, end);
        }
      }
      if (!dtd.standalone && standaloneAsked && !subsetBegun) {
        event("l", frame, start, end);
        stop = true;
      }
    }
  }

  private void externalSubset(Frame frame, int start, int end) {
    event("r", frame, start, end);
    events.part(null);
    events.part(doctypeSystem);
    events.part(doctypePublic);
    stop = true;
  }

  /** System and public identifier; null if there are none. */
  private static String[] externalId(XmlDeclaration tokens) throws XmlFault {
    if (tokens.takeIf('n', "SYSTEM")) {
      return new String[] {tokens.take('l').text(), null};
    }
    if (tokens.takeIf('n', "PUBLIC")) {
      String id = String.join(" ", tokens.take('l').text().strip().split("[ \n\r]+"));
      return new String[] {tokens.take('l').text(), id};
    }
    return null;
  }

  private void subset(Frame frame) throws XmlFault {
    if (misc(frame)) {
      return;
    }
    int start = frame.pos;
    char c = frame.buf[start];
    if (c == '%') {
      if (!XmlNames.starts(at(frame, start + 1))) {
        throw XmlNames.space(frame.buf[start + 1]) ? new XmlFault(XmlFault.SYNTAX, start) : invalid(start + 1);
      }
      int end = name(frame, start + 1);
      if (frame.buf[end] != ';') {
        throw invalid(end);
      }
      parameterReference(frame, new String(frame.buf, start + 1, end - start - 1), end + 1);
    } else if (c == ']' && frame == main && !external) {
      int end = spaces(frame, start + 1);
      if (frame.buf[end] != '>') {
        throw new XmlFault(XmlNames.continues(frame.buf[end]) ? XmlFault.SYNTAX : XmlFault.INVALID_TOKEN, end);
      }
      event("B", frame, start, start + 1);
      frame.pos = end + 1;
      locateIn(frame, end);
      doctypeClosed(frame, end, end + 1);
    } else if (c == '<' && at(frame, start + 1) == '!') {
      if (!XmlNames.starts(at(frame, start + 2))) {
        throw frame.buf[start + 2] == '[' ? new XmlFault(XmlFault.SYNTAX, start) : invalid(start + 2);
      }
      int end = name(frame, start + 2);
      String kind = new String(frame.buf, start + 2, end - start - 2);
      if (!List.of("ELEMENT", "ATTLIST", "ENTITY", "NOTATION").contains(kind)) {
        throw new XmlFault(XmlFault.SYNTAX, start);
      }
      XmlDeclaration tokens = XmlDeclaration.read(frame.buf, end, frame.end, false);
      for (XmlDeclaration.Token token : tokens.tokens) {
        if (token.kind() == '%') {
          throw new XmlFault(XmlFault.PARAMETER_REFERENCE, token.at());
        }
      }
      switch (kind) {
        case "ELEMENT" -> element(frame, tokens);
        case "ATTLIST" -> attributes(frame, tokens);
        case "ENTITY" -> entity(frame, tokens);
        default -> notation(frame, tokens);
      }
      frame.pos = tokens.end;
    } else if (XmlNames.continues(c) || "<[]()|,>#\"'".indexOf(c) >= 0) {
      throw c == '<' && !XmlNames.starts(frame.buf[start + 1]) ? invalid(start + 1) : new XmlFault(XmlFault.SYNTAX, start);
    } else {
      throw invalid(start);
    }
  }

  private void parameterReference(Frame frame, String name, int end) throws XmlFault {
    int start = frame.pos;
    boolean before = dtd.hasParameterReferences;
    dtd.hasParameterReferences = true;
    XmlEntity entity = dtd.parameters.get(name);
    if (parameterParsing == 0 || parameterParsing == 1 && dtd.standalone) {
      dtd.keepProcessing = dtd.standalone;
      event("D", frame, start, end);
      frame.pos = end;
      return;
    }
    if (entity == null && !external && (dtd.standalone ? frames.size() == 1 : !before)) {
      throw new XmlFault(XmlFault.UNDEFINED_ENTITY, start);
    }
    if (entity != null && entity.open) {
      throw new XmlFault(XmlFault.RECURSIVE_ENTITY, start);
    }
    frame.pos = end;
    if (entity == null) {
      dtd.keepProcessing = dtd.standalone;
      event("k", frame, start, end);
      events.part(name);
      events.part("1");
    } else if (entity.text != null) {
      event("D", frame, start, end);
      open(entity);
    } else if (externalHandled) {
      event("r", frame, start, end);
      events.part(null);
      events.part(entity.systemId);
      events.part(entity.publicId);
      stop = true;
    } else {
      dtd.keepProcessing = dtd.standalone;
      event("D", frame, start, end);
    }
  }

  private void notation(Frame frame, XmlDeclaration tokens) throws XmlFault {
    String name = tokens.take('n').text();
    String system = null;
    String id = null;
    if (tokens.takeIf('n', "PUBLIC")) {
      id = String.join(" ", tokens.take('l').text().strip().split("[ \n\r]+"));
      if (tokens.peek().kind() == 'l') {
        system = tokens.take().text();
      }
    } else if (tokens.takeIf('n', "SYSTEM")) {
      system = tokens.take('l').text();
    } else {
      throw new XmlFault(XmlFault.SYNTAX, tokens.peek().at());
    }
    locateIn(frame, system == null ? tokens.end - 1 : tokens.last(t -> t.kind() == 'l').at());
    tokens.take('>');
    event("o", frame, frame.pos, tokens.end);
    events.part(name);
    events.part(system);
    events.part(id);
  }

  private void entity(Frame frame, XmlDeclaration tokens) throws XmlFault {
    boolean parameter = tokens.takeIf('p', null);
    XmlEntity made = new XmlEntity(tokens.take('n').text(), parameter);
    XmlDeclaration.Token literal = tokens.peek();
    if (literal.kind() == 'l') {
      tokens.take();
      made.text = entityValue(literal.text(), literal.at() + 1).toCharArray();
    } else {
      String[] ids = externalId(tokens);
      if (ids == null) {
        throw new XmlFault(XmlFault.SYNTAX, literal.at());
      }
      made.systemId = ids[0];
      made.publicId = ids[1];
      if (!parameter && tokens.takeIf('n', "NDATA")) {
        made.notation = tokens.take('n').text();
      }
    }
    tokens.take('>');
    Map<String, XmlEntity> all = parameter ? dtd.parameters : dtd.entities;
    boolean predefined = !parameter && predefined(made.name) != 0;
    if (!dtd.keepProcessing || predefined || all.putIfAbsent(made.name, made) != null) {
      event("D", frame, frame.pos, tokens.end);
      return;
    }
    locateIn(frame, made.text != null ? literal.at()
        : made.notation != null ? tokens.last(t -> t.kind() == 'n').at() : tokens.end - 1);
    event(made.notation == null ? "e" : "u", frame, frame.pos, tokens.end);
    events.part(made.name);
    events.part(parameter ? "1" : "0");
    events.part(made.text == null ? null : new String(made.text));
    events.part(made.systemId);
    events.part(made.publicId);
    events.part(made.notation);
  }

  private String entityValue(String literal, int at) throws XmlFault {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '%') {
        int end = literal.indexOf(';', i);
        if (end < 0) {
          throw invalid(at + i);
        }
        if (!external) {
          throw new XmlFault(XmlFault.PARAMETER_REFERENCE, at + i);
        }
        XmlEntity entity = dtd.parameters.get(literal.substring(i + 1, end));
        if (entity != null && entity.text != null) {
          amplify(entity.text.length, at + i);
          out.append(entity.text);
        }
        i = end;
      } else if (c == '&') {
        int end = literal.indexOf(';', i);
        if (end < 0) {
          throw invalid(at + literal.length());
        }
        if (literal.charAt(i + 1) == '#') {
          out.appendCodePoint(number(literal.substring(i + 2, end), at + i));
        } else {
          out.append(literal, i, end + 1);
        }
        i = end;
      } else if (c == '\r') {
        out.append('\n');
        if (i + 1 < literal.length() && literal.charAt(i + 1) == '\n') {
          i++;
        }
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private void attributes(Frame frame, XmlDeclaration tokens) throws XmlFault {
    String element = tokens.take('n').text();
    boolean any = false;
    while (tokens.peek().kind() != '>') {
      String name = tokens.take('n').text();
      StringBuilder type = new StringBuilder();
      if (tokens.peek().kind() == 'n') {
        XmlDeclaration.Token word = tokens.take();
        type.append(word.text());
        if (!List.of("CDATA", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS", "NOTATION")
            .contains(word.text())) {
          throw new XmlFault(XmlFault.SYNTAX, word.at());
        }
      }
      if (type.isEmpty() || type.toString().equals("NOTATION")) {
        tokens.take('(');
        type.append('(');
        while (true) {
          XmlDeclaration.Token word = tokens.take();
          if (word.kind() != 'n' && word.kind() != 't') {
            throw new XmlFault(XmlFault.SYNTAX, word.at());
          }
          type.append(word.text());
          if (tokens.takeIf(')', null)) {
            break;
          }
          tokens.take('|');
          type.append('|');
        }
        type.append(')');
      }
      String value = null;
      boolean required = false;
      boolean text = type.toString().equals("CDATA");
      XmlDeclaration.Token token = tokens.peek();
      if (tokens.takeIf('#', "REQUIRED")) {
        required = true;
      } else if (!tokens.takeIf('#', "IMPLIED")) {
        required = tokens.takeIf('#', "FIXED");
        token = tokens.take('l');
        value = attributeValue(token.text(), token.at() + 1, text, new ArrayList<>(), false);
      }
      Map<String, XmlDtd.Attribute> all = dtd.attributesOf(element);
      if (dtd.keepProcessing && all.putIfAbsent(name, new XmlDtd.Attribute(value, text)) == null) {
        any = true;
        locateIn(frame, token.at());
        event("a", frame, frame.pos, tokens.end);
        events.part(element);
        events.part(name);
        events.part(type.toString());
        events.part(value);
        events.part(required ? "1" : "0");
      }
    }
    if (!any) {
      event("D", frame, frame.pos, tokens.end);
    }
  }

  /** Content models go over as their parts in order: type, quantifier, name, number of children, then these. */
  private void element(Frame frame, XmlDeclaration tokens) throws XmlFault {
    String name = tokens.take('n').text();
    List<String> model = new ArrayList<>();
    if (tokens.takeIf('n', "EMPTY")) {
      model.addAll(List.of("1", "0", "\2", "0"));
    } else if (tokens.takeIf('n', "ANY")) {
      model.addAll(List.of("2", "0", "\2", "0"));
    } else {
      tokens.take('(');
      if (tokens.takeIf('#', "PCDATA")) {
        List<String> names = new ArrayList<>();
        while (tokens.takeIf('|', null)) {
          names.add(tokens.take('n').text());
        }
        tokens.take(')');
        boolean many = tokens.takeIf('*', null);
        if (!names.isEmpty() && !many) {
          throw new XmlFault(XmlFault.SYNTAX, tokens.peek().at());
        }
        model.addAll(List.of("3", many ? "2" : "0", "\2", Integer.toString(names.size())));
        names.forEach(n -> model.addAll(List.of("4", "0", n, "0")));
      } else {
        group(tokens, model, 0);
      }
    }
    locateIn(frame, tokens.last(t -> t.kind() == 'n' || t.kind() == ')').at());
    tokens.take('>');
    event("m", frame, frame.pos, tokens.end);
    events.part(name);
    model.forEach(events::part);
  }

  private static void group(XmlDeclaration tokens, List<String> model, int depth) throws XmlFault {
    if (depth > 500) {
      throw new XmlFault(1, tokens.peek().at());
    }
    int at = model.size();
    model.addAll(List.of("6", "0", "\2", "0"));
    int children = 0;
    char between = 0;
    while (true) {
      children++;
      if (tokens.takeIf('(', null)) {
        group(tokens, model, depth + 1);
      } else {
        String name = tokens.take('n').text();
        model.addAll(List.of("4", quantifier(tokens), name, "0"));
      }
      if (tokens.takeIf(')', null)) {
        break;
      }
      XmlDeclaration.Token token = tokens.take();
      if (token.kind() != '|' && token.kind() != ',' || between != 0 && token.kind() != between) {
        throw new XmlFault(XmlFault.SYNTAX, token.at());
      }
      between = token.kind();
    }
    model.set(at, between == '|' ? "5" : "6");
    model.set(at + 1, quantifier(tokens));
    model.set(at + 3, Integer.toString(children));
  }

  private static String quantifier(XmlDeclaration tokens) {
    return tokens.takeIf('?', null) ? "1" : tokens.takeIf('*', null) ? "2" : tokens.takeIf('+', null) ? "3" : "0";
  }

  // ---- content

  private void content(Frame frame) throws XmlFault {
    char[] buf = frame.buf;
    int start = frame.pos;
    char c = buf[start];
    if (c == '<') {
      char next = at(frame, start + 1);
      if (next == '/') {
        endTag(frame);
      } else if (next == '?') {
        instruction(frame);
      } else if (next == '!') {
        if (at(frame, start + 2) == '-') {
          comment(frame);
        } else {
          expect(frame, start + 2, "[CDATA[");
          event("[", frame, start, start + 9);
          frame.pos = start + 9;
          state = State.CDATA;
        }
      } else {
        startTag(frame);
      }
    } else if (c == '&') {
      reference(frame);
    } else {
      data(frame, false);
    }
    declarationPossible = false;
  }

  private void cdata(Frame frame) throws XmlFault {
    int start = frame.pos;
    if (frame.buf[start] == ']' && is(frame, start, "]]>")) {
      event("]", frame, start, start + 3);
      frame.pos = start + 3;
      state = State.CONTENT;
    } else {
      data(frame, true);
    }
  }

  private void data(Frame frame, boolean cdata) throws XmlFault {
    char[] buf = frame.buf;
    int start = frame.pos;
    int end = frame.end;
    boolean complete = frame != main || last && !decoder.rest();
    char c = buf[start];
    if (c == '\n') {
      text(frame, start, start + 1, buf, start, start + 1);
      frame.pos = start + 1;
      return;
    }
    if (c == '\r') {
      if (start + 1 == end && !complete) {
        throw new XmlFault(0, start);
      }
      int after = start + 1 < end && buf[start + 1] == '\n' ? start + 2 : start + 1;
      text(frame, start, after, new char[] {'\n'}, 0, 1);
      frame.pos = after;
      return;
    }
    int i = start;
    for (; i < end; i++) {
      c = buf[i];
      if (c < ' ' ? c != '\t' : c >= 0xFFFE || !cdata && (c == '<' || c == '&')) {
        break;
      }
      if (c == ']') {
        if (cdata && i > start) {
          break;
        }
        if (i + 2 >= end && !complete && (i + 1 >= end || buf[i + 1] == ']')) {
          break;
        }
        if (i + 2 < end && buf[i + 1] == ']' && buf[i + 2] == '>') {
          if (!cdata) {
            throw invalid(i + 2);
          }
          break;
        }
      }
    }
    if (i == start) {
      if (c == ']') {
        throw new XmlFault(0, start);
      }
      throw invalid(i);
    }
    if (i == end && Character.isHighSurrogate(buf[i - 1]) && !complete && --i == start) {
      throw new XmlFault(0, start);
    }
    text(frame, start, i, buf, start, i);
    frame.pos = i;
  }

  private static char predefined(String name) {
    return switch (name) {
      case "lt" -> '<';
      case "gt" -> '>';
      case "amp" -> '&';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> 0;
    };
  }

  /** The end of a reference, after its semicolon; throws where its form is wrong. */
  private int referenceEnd(Frame frame, int start) throws XmlFault {
    int i = start + 1;
    if (at(frame, i) == '#') {
      i++;
      boolean hex = at(frame, i) == 'x';
      int first = hex ? ++i : i;
      while (at(frame, i) != ';' || i == first) {
        if (Character.digit(frame.buf[i] < 0x80 ? frame.buf[i] : ' ', hex ? 16 : 10) < 0) {
          throw invalid(i);
        }
        i++;
      }
      return i + 1;
    }
    if (!XmlNames.starts(at(frame, i)) || namespaces && frame.buf[i] == ':') {
      throw invalid(i);
    }
    while (XmlNames.continues(at(frame, i)) && !(namespaces && frame.buf[i] == ':')) {
      i++;
    }
    if (frame.buf[i] != ';') {
      throw invalid(i);
    }
    return i + 1;
  }

  private static int number(String digits, int at) throws XmlFault {
    boolean hex = digits.startsWith("x");
    int value = 0;
    for (int i = hex ? 1 : 0; i < digits.length(); i++) {
      value = value * (hex ? 16 : 10) + Character.digit(digits.charAt(i), 16);
      if (value > Character.MAX_CODE_POINT) {
        break;
      }
    }
    if (!XmlNames.allowed(value)) {
      throw new XmlFault(XmlFault.BAD_CHARACTER_REFERENCE, at);
    }
    return value;
  }

  private void reference(Frame frame) throws XmlFault {
    int start = frame.pos;
    int end = referenceEnd(frame, start);
    String name = new String(frame.buf, start + 1, end - start - 2);
    int c = name.charAt(0) == '#' ? number(name.substring(1), start) : predefined(name);
    if (c != 0) {
      char[] text = Character.toChars(c);
      text(frame, start, end, text, 0, text.length);
      frame.pos = end;
      return;
    }
    XmlEntity entity = dtd.entities.get(name);
    if (entity == null) {
      if (!dtd.hasParameterReferences || dtd.standalone) {
        throw new XmlFault(XmlFault.UNDEFINED_ENTITY, start);
      }
      event("k", frame, start, end);
      events.part(name);
      events.part("0");
      frame.pos = end;
      return;
    }
    if (entity.open) {
      throw new XmlFault(XmlFault.RECURSIVE_ENTITY, start);
    }
    if (entity.notation != null) {
      throw new XmlFault(XmlFault.BINARY_ENTITY, start);
    }
    if (entity.text == null) {
      event(externalHandled ? "r" : "D", frame, start, end);
      if (externalHandled) {
        events.part(name);
        events.part(entity.systemId);
        events.part(entity.publicId);
        stop = true;
      }
      frame.pos = end;
    } else if (!expand) {
      event("k", frame, start, end);
      events.part(name);
      events.part("0");
      frame.pos = end;
    } else {
      if (frame == main) {
        eventStart = start;
        locate(start);
      }
      open(entity);
      frame.pos = end;
    }
  }

  private void endTag(Frame frame) throws XmlFault {
    int start = frame.pos;
    int end = name(frame, start + 2);
    int close = spaces(frame, end);
    if (frame.buf[close] != '>') {
      throw invalid(close);
    }
    if (tags.size() == frame.level) {
      throw new XmlFault(XmlFault.ASYNCHRONOUS_ENTITY, start);
    }
    Tag tag = tags.peek();
    if (tag.rawName.length() != end - start - 2 || !tag.rawName.contentEquals(
        java.nio.CharBuffer.wrap(frame.buf, start + 2, end - start - 2))) {
      throw new XmlFault(XmlFault.TAG_MISMATCH, start + 2);
    }
    event("E", frame, start, close + 1);
    events.part(tag.name);
    frame.pos = close + 1;
    ended(frame, start);
  }

  private void ended(Frame frame, int start) {
    Tag tag = tags.pop();
    for (int i = 0; i < tag.namespaces; i++) {
      Bound old = bound.pop();
      event("n", frame, start, start);
      events.part(old.prefix.isEmpty() ? null : old.prefix);
      if (old.before == null) {
        uris.remove(old.prefix);
      } else {
        uris.put(old.prefix, old.before);
      }
    }
    if (tags.isEmpty() && !external) {
      state = State.EPILOG;
    }
  }

  private void startTag(Frame frame) throws XmlFault {
    int start = frame.pos;
    char[] buf = frame.buf;
    int i = name(frame, start + 1);
    String rawName = new String(buf, start + 1, i - start - 1);
    List<int[]> found = new ArrayList<>();
    boolean empty = false;
    while (true) {
      char c = at(frame, i);
      boolean space = XmlNames.space(c);
      if (space) {
        i = spaces(frame, i);
        c = buf[i];
      }
      if (c == '>') {
        break;
      }
      if (c == '/') {
        empty = true;
        if (at(frame, ++i) != '>') {
          throw invalid(i);
        }
        break;
      }
      if (!space) {
        throw invalid(i);
      }
      int nameAt = i;
      i = name(frame, i);
      int nameEnd = i;
      i = spaces(frame, i);
      if (buf[i] != '=') {
        throw invalid(i);
      }
      i = spaces(frame, i + 1);
      char quote = buf[i];
      if (quote != '"' && quote != '\'') {
        throw invalid(i);
      }
      int valueAt = ++i;
      int plain = 1;
      while ((c = at(frame, i)) != quote) {
        if (c == '&') {
          i = referenceEnd(frame, i);
          plain = 0;
          continue;
        }
        if (c == '<' || !XmlNames.allowed(c)) {
          throw invalid(i);
        }
        if (c < ' ') {
          plain = 0;
        }
        i++;
      }
      found.add(new int[] {nameAt, nameEnd, valueAt, i, plain});
      i++;
    }
    int end = i + 1;
    started(frame, start, end, rawName, found, empty);
  }

  private void started(Frame frame, int start, int end, String rawName, List<int[]> found, boolean empty) throws XmlFault {
    char[] buf = frame.buf;
    Map<String, XmlDtd.Attribute> declared = dtd.attributes.isEmpty() ? null : dtd.attributes.get(rawName);
    List<String> names = new ArrayList<>(found.size());
    List<String> values = new ArrayList<>(found.size());
    for (int[] a : found) {
      String name = new String(buf, a[0], a[1] - a[0]);
      if (names.contains(name)) {
        throw new XmlFault(XmlFault.DUPLICATE_ATTRIBUTE, a[0]);
      }
      XmlDtd.Attribute kind = declared == null ? null : declared.get(name);
      boolean text = kind == null || kind.text();
      String value = new String(buf, a[2], a[3] - a[2]);
      names.add(name);
      values.add(a[4] == 1 && text ? value : attributeValue(value, a[2], text, new ArrayList<>(), true));
    }
    int specified = names.size();
    if (declared != null) {
      declared.forEach((name, attribute) -> {
        if (attribute.value() != null && !names.contains(name)) {
          names.add(name);
          values.add(attribute.value());
        }
      });
    }
    String name = rawName;
    int declarations = 0;
    if (namespaces) {
      for (int i = 0; i < names.size();) {
        String attribute = names.get(i);
        if (!attribute.equals("xmlns") && !attribute.startsWith("xmlns:")) {
          i++;
          continue;
        }
        bind(frame, start, attribute.length() == 5 ? "" : attribute.substring(6), values.get(i));
        declarations++;
        names.remove(i);
        values.remove(i);
        if (i < specified) {
          specified--;
        }
      }
      name = expanded(rawName, true, start);
      List<String> seen = null;
      for (int i = 0; i < names.size(); i++) {
        String attribute = names.get(i);
        if (attribute.indexOf(':') < 0) {
          continue;
        }
        String full = expanded(attribute, false, start);
        String plain = uris.get(attribute.substring(0, attribute.indexOf(':'))) + '\0'
            + attribute.substring(attribute.indexOf(':') + 1);
        seen = seen == null ? new ArrayList<>() : seen;
        if (seen.contains(plain)) {
          throw new XmlFault(XmlFault.DUPLICATE_ATTRIBUTE, start);
        }
        seen.add(plain);
        names.set(i, full);
      }
    }
    event(specified == names.size() ? "S" : "T", frame, start, end);
    events.part(name);
    if (specified < names.size()) {
      events.part(Integer.toString(specified));
    }
    for (int i = 0; i < names.size(); i++) {
      events.part(names.get(i));
      events.part(values.get(i));
    }
    frame.pos = end;
    tags.push(new Tag(rawName, name, declarations));
    if (empty) {
      event("E", frame, end, end);
      events.part(name);
      ended(frame, end);
    }
  }

  private void bind(Frame frame, int start, String prefix, String uri) throws XmlFault {
    if (uri.isEmpty() && !prefix.isEmpty()) {
      throw new XmlFault(XmlFault.UNDECLARED_PREFIX, start);
    }
    if (prefix.equals("xmlns")) {
      throw new XmlFault(XmlFault.RESERVED_XMLNS, start);
    }
    if (prefix.equals("xml") != uri.equals(XML_NAMESPACE)) {
      throw new XmlFault(prefix.equals("xml") ? XmlFault.RESERVED_XML : XmlFault.RESERVED_NAMESPACE, start);
    }
    if (uri.equals(XMLNS_NAMESPACE)) {
      throw new XmlFault(XmlFault.RESERVED_NAMESPACE, start);
    }
    if (!separator.isEmpty() && uri.contains(separator)) {
      throw new XmlFault(XmlFault.SYNTAX, start);
    }
    bound.push(new Bound(prefix, uris.get(prefix)));
    uris.put(prefix, uri);
    event("N", frame, start, start);
    events.part(prefix.isEmpty() ? null : prefix);
    events.part(uri.isEmpty() ? null : uri);
  }

  private String expanded(String name, boolean element, int start) throws XmlFault {
    int colon = name.indexOf(':');
    String prefix = colon < 0 ? "" : name.substring(0, colon);
    String uri = prefix.equals("xmlns") ? null : uris.get(prefix);
    if (uri == null || uri.isEmpty()) {
      if (colon < 0) {
        return name;
      }
      throw new XmlFault(XmlFault.UNBOUND_PREFIX, start);
    }
    String full = uri + separator + name.substring(colon + 1);
    return prefixes && colon >= 0 && !separator.isEmpty() ? full + separator + prefix : full;
  }

  /** An attribute's value as it is meant; entities in it are put in. */
  private String attributeValue(String raw, int at, boolean text, List<XmlEntity> open, boolean tag) throws XmlFault {
    StringBuilder out = new StringBuilder(raw.length());
    putValue(raw, at, out, open, true);
    return text ? out.toString() : String.join(" ", out.toString().strip().split(" +"));
  }

  private void putValue(String raw, int at, StringBuilder out, List<XmlEntity> open, boolean outer) throws XmlFault {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\r' && outer && i + 1 < raw.length() && raw.charAt(i + 1) == '\n') {
        i++;
      }
      if (c == '&') {
        int here = outer ? at + i : at;
        int end = raw.indexOf(';', i);
        if (end < 0 || end == i + 1) {
          throw invalid(here);
        }
        String name = raw.substring(i + 1, end);
        i = end;
        if (name.charAt(0) == '#') {
          out.appendCodePoint(number(name.substring(1), here));
          continue;
        }
        char known = predefined(name);
        if (known != 0) {
          out.append(known);
          continue;
        }
        XmlEntity entity = dtd.entities.get(name);
        if (entity == null) {
          if (!dtd.hasParameterReferences || dtd.standalone) {
            throw new XmlFault(XmlFault.UNDEFINED_ENTITY, frames.peek().pos);
          }
          continue;
        }
        if (entity.open || open.contains(entity)) {
          throw new XmlFault(XmlFault.RECURSIVE_ENTITY, here);
        }
        if (entity.notation != null) {
          throw new XmlFault(XmlFault.BINARY_ENTITY, here);
        }
        if (entity.text == null) {
          throw new XmlFault(XmlFault.EXTERNAL_ENTITY_IN_ATTRIBUTE, here);
        }
        amplify(entity.text.length, here);
        open.add(entity);
        putValue(new String(entity.text), here, out, open, false);
        open.remove(entity);
      } else if (c == '<') {
        throw invalid(outer ? at + i : at);
      } else {
        out.append(c == '\n' || c == '\t' || c == '\r' ? ' ' : c);
      }
    }
  }
}
