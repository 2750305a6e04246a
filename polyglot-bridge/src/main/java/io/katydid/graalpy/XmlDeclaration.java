package io.katydid.graalpy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The tokens of one {@code <!...>} of a document's declarations. */
final class XmlDeclaration {
  /** @param kind n: name, t: other name token, l: literal with its quotes, #: reserved word, %: reference, or the character */
  record Token(char kind, String text, int at, char after) {}

  final List<Token> tokens = new ArrayList<>();
  /** After its last character. */
  int end;

  private final char[] buf;
  private final int limit;
  private int next;

  private XmlDeclaration(char[] buf, int limit) {
    this.buf = buf;
    this.limit = limit;
  }

  /** @param open ends at an opening bracket as well as at the end, as DOCTYPE does */
  static XmlDeclaration read(char[] buf, int start, int limit, boolean open) throws XmlFault {
    XmlDeclaration made = new XmlDeclaration(buf, limit);
    made.read(start, open);
    return made;
  }

  Token peek() {
    return tokens.get(next);
  }

  Token last(Predicate<Token> which) {
    return tokens.stream().filter(which).reduce((a, b) -> b).orElseThrow();
  }

  Token take() {
    return tokens.get(next < tokens.size() - 1 ? next++ : next);
  }

  Token take(char kind) throws XmlFault {
    Token token = peek();
    if (token.kind != kind) {
      throw new XmlFault(XmlFault.SYNTAX, token.at);
    }
    return take();
  }

  boolean takeIf(char kind, String text) {
    Token token = peek();
    if (token.kind == kind && (text == null || token.text.equals(text))) {
      take();
      return true;
    }
    return false;
  }

  private char at(int i) throws XmlFault {
    if (i >= limit) {
      throw new XmlFault(0, i);
    }
    return buf[i];
  }

  private void read(int start, boolean open) throws XmlFault {
    int i = start;
    while (true) {
      if (i >= limit) {
        throw new XmlFault(i > start ? XmlFault.BETWEEN_TOKENS : 0, i);
      }
      char c = buf[i];
      int from = i;
      if (XmlNames.space(c)) {
        i++;
        continue;
      }
      if (c == '>' || open && c == '[') {
        tokens.add(new Token(c, "", i, c));
        end = i + 1;
        return;
      }
      if (c == '"' || c == '\'') {
        i++;
        while (at(i) != c) {
          if (!XmlNames.allowed(buf[i])) {
            throw new XmlFault(XmlFault.INVALID_TOKEN, i);
          }
          i++;
        }
        i++;
        char after = at(i);
        if (!XmlNames.space(after) && after != '>' && after != '%' && after != '[') {
          throw new XmlFault(XmlFault.INVALID_TOKEN, i);
        }
        tokens.add(new Token('l', new String(buf, from + 1, i - from - 2), from, after));
        continue;
      }
      if (c == '#' || c == '%') {
        i++;
        char first = at(i);
        if (c == '%' && XmlNames.space(first)) {
          tokens.add(new Token('p', "%", from, first));
          continue;
        }
        if (!XmlNames.starts(first)) {
          throw new XmlFault(XmlFault.INVALID_TOKEN, i);
        }
        i = names(i);
        String text = new String(buf, from + 1, i - from - 1);
        if (c == '%') {
          if (at(i) != ';') {
            throw new XmlFault(XmlFault.INVALID_TOKEN, i);
          }
          i++;
        }
        tokens.add(new Token(c, text, from, at(i)));
        continue;
      }
      if (XmlNames.continues(c)) {
        i = names(i);
        char after = at(i);
        if (!XmlNames.space(after) && ">()|,*+?[%".indexOf(after) < 0) {
          throw new XmlFault(XmlFault.INVALID_TOKEN, i);
        }
        tokens.add(new Token(XmlNames.starts(c) ? 'n' : 't', new String(buf, from, i - from), from, after));
        continue;
      }
      if ("()|,*+?".indexOf(c) < 0) {
        throw new XmlFault(XmlFault.INVALID_TOKEN, i);
      }
      i++;
      tokens.add(new Token(c, "", from, at(i)));
    }
  }

  private int names(int from) throws XmlFault {
    int i = from;
    while (true) {
      if (i >= limit) {
        throw new XmlFault(XmlFault.BETWEEN_TOKENS, i);
      }
      if (!XmlNames.continues(buf[i])) {
        return i;
      }
      i++;
    }
  }
}
