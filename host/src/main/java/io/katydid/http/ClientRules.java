package io.katydid.http;

/** Whose rules a session follows where the clients of Python differ: which replies are wrong, and what is sent again. */
public enum ClientRules {
  /** Of requests with urllib3 and http.client: HttpUser. */
  REQUESTS,
  /** Of geventhttpclient with llhttp: FastHttpUser. */
  GEVENT
}
