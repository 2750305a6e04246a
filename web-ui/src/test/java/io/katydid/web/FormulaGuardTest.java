package io.katydid.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormulaGuardTest {
  private static String guarded(String csv) throws IOException {
    StringBuilder out = new StringBuilder();
    FormulaGuard guard = new FormulaGuard(out);
    guard.append(csv);
    guard.end();
    return out.toString();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "=1+2|'=1+2", "@SUM(A1)|'@SUM(A1)", "-cmd|'-cmd", "+x|'+x", "\"=HYPERLINK(\"\"a\"\",1)\"|\"'=HYPERLINK(\"\"a\"\",1)\"",
    "\"=1,2\"|\"'=1,2\"", "-1.5|-1.5", "+3|+3", "-1e-05|-1e-05", "/=a|/=a", "a=b|a=b"
  })
  void cellsThatWouldBeFormulasBecomeText(String cell, String expected) throws IOException {
    assertEquals("GET," + expected + ",7\r\n", guarded("GET," + cell + ",7\r\n"));
    assertEquals(expected + "\r\n" + expected, guarded(cell + "\r\n" + cell), "at both ends of a row");
  }

  @Test
  void everythingElseStaysAsItIs() throws IOException {
    String csv = "Type,Name,Count\r\n,\"a \"\"b\"\", c\r\n=d\",3\r\n,,\r\n\r\n";
    assertEquals(csv, guarded(csv));
  }
}
