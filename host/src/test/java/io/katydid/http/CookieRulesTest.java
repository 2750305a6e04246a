package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cookies are accepted, kept and sent by the rules of Python's http.cookiejar. */
class CookieRulesTest {
  private static final long NOW = 1_800_000_000;
  private static final String[] NONE = {};

  private final CookieJar jar = new CookieJar();

  private static Url url(String text) throws CallFailed {
    return Url.parse(text, null);
  }

  private void receive(String from, String... setCookies) throws CallFailed {
    for (String value : setCookies) {
      jar.store(url(from), new String[] {"set-cookie", value}, NOW);
    }
  }

  private String sent(String to) throws CallFailed {
    return jar.header(url(to), NONE, NOW);
  }

  @ParameterizedTest
  @CsvSource(nullValues = "none", delimiter = '|', value = {
      "http://www.shop.example/|a=1|http://www.shop.example/x|a=1",
      "http://www.shop.example/|a=1|http://shop.example/|none",
      "http://www.shop.example/|a=1|http://x.www.shop.example/|a=1",
      "http://www.shop.example/|a=1; Domain=shop.example|http://other.shop.example/|a=1",
      "http://www.shop.example/|a=1; domain=.shop.example|http://shop.example/|a=1",
      "http://www.shop.example/|a=1; Domain=shop.example|http://notshop.example/|none",
      "http://www.shop.example/|a=1; Domain=example|http://www.shop.example/|none",
      "http://www.shop.example/|a=1; Domain=evil.test|http://evil.test/|none",
      "http://h/|a=1|http://h/|a=1",
      "http://127.0.0.1:8000/|a=1|http://127.0.0.1:9000/|a=1",
      "http://127.0.0.1/|a=1; Domain=127.0.0.1|http://127.0.0.1/|a=1",
      "http://h.x/dir/page|a=1|http://h.x/dir/other|a=1",
      "http://h.x/dir/page|a=1|http://h.x/other|none",
      "http://h.x/dir/page|a=1|http://h.x/directory|none",
      "http://h.x/|a=1; Path=/dir|http://h.x/dir?q|a=1",
      "http://h.x/|a=1; Path=/dir/|http://h.x/dir|none",
      "https://h.x/|a=1; Secure|https://h.x/|a=1",
      "https://h.x/|a=1; secure|http://h.x/|none",
      "http://h.x/|a=1; Max-Age=10|http://h.x/|a=1",
      "http://h.x/|a=1; Max-Age=0|http://h.x/|none",
      "http://h.x/|a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT|http://h.x/|none",
      "http://h.x/|a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=5|http://h.x/|a=1",
      "http://h.x/|a=1; Expires=Wed, 09-Jun-2077 10:18:14 GMT|http://h.x/|a=1",
      "http://h.x/|a=1; Expires=Wednesday, 09-Jun-21 10:18:14 GMT|http://h.x/|none",
      "http://h.x/|a=1; Expires=whenever|http://h.x/|a=1",
      "http://h.x/|a=\"x=y; z\"; Path=/|http://h.x/|a=\"x=y",
      "http://h.x/|a=x=y==; HttpOnly; SameSite=Lax|http://h.x/|a=x=y==",
      "http://h.x/|flag|http://h.x/|flag",
      "http://h.x/|a=|http://h.x/|a=",
      "http://h.x/|=nameless|http://h.x/|none"})
  void aCookieGoesWhereItBelongs(String from, String setCookie, String to, String sent) throws Exception {
    receive(from, setCookie);
    assertEquals(sent, sent(to));
  }

  /** http.cookiejar drops or misfiles these. */
  @ParameterizedTest
  @CsvSource(nullValues = "none", delimiter = '|', value = {
      "http://localhost/|a=1; Domain=localhost|http://localhost/|a=1",
      "http://h.x/|a=1; Path=nonsense|http://h.x/|a=1",
      "http://h.x/|a=1; Max-Age=soon|http://h.x/|a=1",
      "http://h.x/|a=1; Expires=Wed Jun  9 10:18:14 2021|http://h.x/|none"})
  void wherePythonLosesACookieTheRfcIsFollowed(String from, String setCookie, String to, String sent) throws Exception {
    receive(from, setCookie);
    assertEquals(sent, sent(to));
  }

  @Test
  void newerCookiesReplaceOlderOnesAndLongerPathsComeFirst() throws Exception {
    receive("http://h.x/", "a=1", "b=1", "a=2", "c=3; Path=/deep");
    assertEquals("c=3; a=2; b=1", sent("http://h.x/deep/er"));
    receive("http://h.x/", "b=; Max-Age=0");
    assertEquals("a=2", sent("http://h.x/"));
  }

  @Test
  void cookiesThatRunOutAreNotSentAnyMore() throws Exception {
    receive("http://h.x/", "a=1; Max-Age=10");
    assertEquals("a=1", jar.header(url("http://h.x/"), NONE, NOW + 9));
    assertNull(jar.header(url("http://h.x/"), NONE, NOW + 10));
  }

  @Test
  void theScriptCanReadChangeAndDeleteCookies() throws Exception {
    receive("http://h/sub/", "a=1; Secure; HttpOnly");
    jar.set(new Cookie("everywhere", "2"));
    assertEquals(List.of(new Cookie("a", "1", "h.local", "/sub", Cookie.SESSION, true, true),
        new Cookie("everywhere", "2")), jar.list());
    assertEquals("everywhere=2", sent("http://anything.test/"));
    assertEquals("1", jar.get("a", null, null).value());
    assertNull(jar.get("a", "other", null));
    assertEquals(0, jar.delete("h.local", "/", "a"));
    assertEquals(1, jar.delete("h.local", "/sub", "a"));
    jar.clear();
    assertEquals(List.of(), jar.list());
  }

  @Test
  void aCallsOwnCookieReplacesTheScriptsButNotTheServers() throws Exception {
    receive("http://h.x/", "a=server");
    jar.set(new Cookie("b", "script"));
    assertEquals("a=server; b=call; a=call",
        jar.header(url("http://h.x/"), new String[] {"a", "call", "b", "call"}, NOW));
  }
}
