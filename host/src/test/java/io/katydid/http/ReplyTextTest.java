package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies become text by requests' rules. */
class ReplyTextTest {
  @ParameterizedTest
  @CsvSource(nullValues = "none", value = {
      "none,none", "text/html,ISO-8859-1", "text/html; charset=utf-8,utf-8", "application/json,utf-8",
      "application/json; charset=latin-1,latin-1", "image/png,none", "text/html; Charset='UTF-8',UTF-8",
      "text/html; a=b; charset=\"koi8-r\",koi8-r"})
  void theCharsetIsTakenFromTheContentType(String contentType, String encoding) {
    assertEquals(encoding, ReplyText.encoding(contentType));
  }

  @ParameterizedTest
  @CsvSource(nullValues = "none", value = {
      "UTF-8,none", "UTF-8,no-such-charset", "windows-1252,none", "ISO-8859-1,latin-1", "KOI8-R,koi8-r"})
  void bytesAreDecodedWithItOrWithWhatFits(String written, String encoding) {
    String text = written.startsWith("KOI8") ? "слово" : "Grüße";
    assertEquals(text, ReplyText.decode(text.getBytes(Charset.forName(written)), encoding));
    assertEquals("", ReplyText.decode("".getBytes(StandardCharsets.UTF_8), encoding));
  }
}
