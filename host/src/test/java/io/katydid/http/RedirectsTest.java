package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redirects follow requests' rules. */
class RedirectsTest {
  private final HttpSession session = new HttpSession(SessionSettings.DEFAULTS);

  private static String redirect(int status, String location) {
    return "HTTP/1.1 " + status + " Go\r\nLocation: " + location + "\r\nSet-Cookie: hop=1\r\n"
        + "Content-Length: 4\r\n\r\nmove";
  }

  @ParameterizedTest
  @CsvSource({"GET,301,GET,false", "POST,301,GET,false", "PUT,301,PUT,false", "POST,302,GET,false", "PUT,302,GET,false",
      "HEAD,302,HEAD,false", "POST,303,GET,false", "DELETE,303,GET,false", "POST,307,POST,true", "PUT,308,PUT,true"})
  void methodAndBodyChangeAsRequestsChangesThem(String method, int status, String nextMethod, boolean keepsBody)
      throws Exception {
    String reply = method.equals("HEAD") ? "HTTP/1.1 302 Go\r\nLocation: /next\r\n\r\n" : redirect(status, "/next");
    try (RawServer server = RawServer.replying(reply, nextMethod.equals("HEAD") ? "HTTP/1.1 200 OK\r\n\r\n"
        : RawServer.ok("end"))) {
      HttpExchange done = session.execute(new HttpCall(method, server.url("/first")).body("abc")
          .headers("Content-Type", "text/plain", "X-Kept", "1"));
      assertNull(done.failure());
      RawServer.Request next = server.requests.get(1);
      assertEquals(nextMethod + " /next HTTP/1.1", next.line());
      assertEquals(keepsBody ? "abc" : "", next.body());
      assertEquals(keepsBody ? "text/plain" : null, next.header("content-type"));
      assertEquals("1", next.header("x-kept"));
      assertEquals(1, server.connections());
    }
  }

  @Test
  void theHistoryHoldsEveryHopAndTheCookiesAreSentOn() throws Exception {
    try (RawServer server = RawServer.replying(redirect(302, "b?q=%7e x"), redirect(301, "../c#frag"),
        RawServer.ok("end"))) {
      HttpExchange done = session.execute(new HttpCall("GET", server.url("/dir/a")).headers("Cookie", "gone=1"));
      assertEquals(2, done.history().size());
      assertEquals(server.url("/dir/a"), done.url());
      assertEquals(server.url("/dir/a"), done.history().get(0).url());
      assertEquals("move", done.history().get(0).text());
      assertEquals("GET /dir/b?q=~%20x HTTP/1.1", server.requests.get(1).line());
      assertEquals("GET /c HTTP/1.1", server.requests.get(2).line());
      assertEquals("hop=1", server.requests.get(1).header("cookie"));
      assertEquals(server.url("/c#frag"), done.reply().url());
      assertEquals("end", done.reply().text());
    }
  }

  @Test
  void redirectsAreReturnedWhenNotFollowed() throws Exception {
    try (RawServer server = RawServer.replying(redirect(302, "/b"))) {
      HttpExchange done = session.execute(new HttpCall("GET", server.url("/")).redirects(false, 30));
      assertEquals(302, done.reply().status());
      assertEquals("/b", done.reply().location());
      assertEquals(1, server.requests.size());
    }
  }

  @Test
  void aLoopEndsAfterTheAllowedNumberOfRedirects() throws Exception {
    try (RawServer server = RawServer.replying(redirect(302, "/loop"))) {
      HttpExchange done = session.execute(new HttpCall("GET", server.url("/loop")));
      assertEquals(Failure.Kind.TOO_MANY_REDIRECTS, done.failure().kind());
      assertEquals("Exceeded 30 redirects.", done.failure().message());
      assertEquals(31, server.requests.size());
    }
  }

  @Test
  void authorizationIsNotSentToAnotherOrigin() throws Exception {
    try (RawServer other = RawServer.replying(RawServer.ok("other"));
        RawServer server = RawServer.replying(redirect(302, other.url("/x")))) {
      session.execute(new HttpCall("GET", server.url("/")).headers("Authorization", "Bearer t"));
      assertEquals("Bearer t", server.requests.getFirst().header("authorization"));
      assertNull(other.requests.getFirst().header("authorization"));
    }
  }

  @Test
  void aRedirectToAnotherSchemeFails() throws Exception {
    try (RawServer server = RawServer.replying(redirect(302, "ftp://h/x"))) {
      HttpExchange done = session.execute(new HttpCall("GET", server.url("/")));
      assertEquals(Failure.Kind.REDIRECT_SCHEMA, done.failure().kind());
      assertEquals("No connection adapters were found for 'ftp://h/x'", done.failure().message());
    }
  }
}
