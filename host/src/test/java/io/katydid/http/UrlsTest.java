package io.katydid.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs are quoted, normalised and joined as requests does it. The expectations were taken from requests 2.34. */
class UrlsTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "http://h|http://h/|/|h",
      "HTTP://H.Example:80/A|http://h.example:80/A|/A|h.example",
      "http://h:8080?x=1|http://h:8080/?x=1|/?x=1|h:8080",
      "http://h/a b?q=a b|http://h/a%20b?q=a%20b|/a%20b?q=a%20b|h",
      "http://h/%7euser/%2f/%zz|http://h/%257Euser/%252F/%25zz|/%257Euser/%252F/%25zz|h",
      "http://h/%7euser/%2f|http://h/~user/%2F|/~user/%2F|h",
      "http://h/ä?ö=ü#ß|http://h/%C3%A4?%C3%B6=%C3%BC#%C3%9F|/%C3%A4?%C3%B6=%C3%BC|h",
      "http://h/a/../b/./c|http://h/b/c|/b/c|h",
      "http://h/a/..|http://h/|/|h",
      "http://h/a?x=/../y|http://h/a?x=/../y|/a?x=/../y|h",
      "http://h/[1]{2}|http://h/%5B1%5D%7B2%7D|/%5B1%5D%7B2%7D|h",
      "http://h/\"<>^`|http://h/%22%3C%3E%5E%60|/%22%3C%3E%5E%60|h",
      "http://[::1]:81/x|http://[::1]:81/x|/x|[::1]:81",
      "http://bücher.example/|http://xn--bcher-kva.example/|/|xn--bcher-kva.example",
      "https://h:443/|https://h:443/|/|h",
      "https://h:80/|https://h:80/|/|h:80",
      "http://u:p@h/x|http://u:p@h/x|/x|h",
      "http://h/?|http://h/|/|h",
      "http://h/x#|http://h/x|/x|h"})
  void urlsAreQuoted(String raw, String text, String target, String hostHeader) throws Exception {
    Url url = Url.parse(raw, null);
    assertEquals(text, url.text());
    assertEquals(target, url.target());
    assertEquals(hostHeader, url.origin().hostHeader());
    assertEquals(text, Url.parse(raw, url.origin()).text());
  }

  @Test
  void aKnownOriginIsSharedAndNotMistakenForALongerOne() throws Exception {
    Origin known = Url.parse("http://h:80/", null).origin();
    assertSame(known, Url.parse("http://h:80/x", known).origin());
    assertEquals(8080, Url.parse("http://h:8080/x", known).origin().port());
    assertEquals("h:80@evil", Url.parse("http://h:80@evil/x", known).origin().prefix().substring(7));
    assertEquals("evil", Url.parse("http://h:80@evil/x", known).origin().host());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "http://h/a/b?q|c|http://h/a/c",
      "http://h/a/b?q|../c|http://h/c",
      "http://h/a/b?q|?n=1|http://h/a/b?n=1",
      "http://h/a/b|//other:81/x|http://other:81/x",
      "https://h/a/b|//other/x|https://other/x",
      "http://h/a/b|https://other/x y|https://other/x%20y",
      "http://h/a#f|/b|http://h/b#f",
      "http://h/a#f|/b#g|http://h/b#g",
      "http://h/a|/b?u=http://x/y|http://h/b?u=http://x/y"})
  void locationsAreJoined(String base, String location, String expected) throws Exception {
    assertEquals(expected, Url.parse(base, null).resolve(location).text());
  }
}
