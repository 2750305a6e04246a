package io.katydid.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class VisibleTest {
  @Test
  void ordinaryTextStaysAsItIs() {
    for (String text : new String[] {"", "GET /a?b=c", "Größe 大 \ud83d\ude00 שלום \u200f", "'quoted' \\n"}) {
      assertSame(text, Visible.line(text));
      assertSame(text, Visible.text(text));
    }
  }

  @Test
  void whatATerminalObeysIsShownInstead() {
    assertEquals("\\x1b]0;title\\x07\\x1b[31mred\\x9b32m", Visible.line("\u001b]0;title\u0007\u001b[31mred\u009b32m"));
    assertEquals("a\\u202eb\\u2066c\\u2028d\\x85e\\x7f\\x00", Visible.line("a\u202eb\u2066c\u2028d\u0085e\u007f\u0000"));
    assertEquals("one\\r\\ntwo\tthree", Visible.line("one\r\ntwo\tthree"));
  }

  @Test
  void aTextKeepsItsLinesAndColours() {
    String text = "Traceback:\n\tFile\r\n\u001b[1;31mError\u001b[0m\u001b[m";
    assertEquals(text, Visible.text(text));
  }

  @Test
  void aTextKeepsNothingElse() {
    assertEquals("\\x1b[2J\\x1b[1\\x1b", Visible.text("\u001b[2J\u001b[1\u001b"));
    assertEquals("shown\\rhidden\\x08\\x9b\\u202e", Visible.text("shown\rhidden\b\u009b\u202e"));
    assertEquals("\\x1b[1;31Km", Visible.text("\u001b[1;31Km"));
  }
}
