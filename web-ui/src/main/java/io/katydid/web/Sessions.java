package io.katydid.web;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Browsers that have a cookie of ours. A session is made only when something must be remembered: a login, or what a
 * locustfile's own login route stores. Kept in memory: a restart logs everybody out.
 *
 * <p>Called by any web thread. Bounded: when there are too many, the longest unused one of those who have not logged in
 * goes, so that requests without a cookie log nobody out.
 */
final class Sessions {
  static final String COOKIE = "session";
  /** The entry that says who is logged in, as Flask-Login names it. */
  static final String USER = "_user_id";

  private static final int MAX_SESSIONS = 10_000;
  private static final long IDLE_NANOS = 12L * 3600 * 1_000_000_000L;

  /** One browser. Its data is replaced as a whole, never changed in place. */
  static final class Session {
    private final String id;
    private final String token;
    private volatile Map<String, Object> data;
    private volatile long lastUsedNanos;

    private Session(String id, String token, Map<String, Object> data, long now) {
      this.id = id;
      this.token = token;
      this.data = data;
      this.lastUsedNanos = now;
    }

    String id() {
      return id;
    }

    /** What a state-changing request must repeat. */
    String token() {
      return token;
    }

    Map<String, Object> data() {
      return data;
    }

    void data(Map<String, Object> replacement) {
      data = Collections.unmodifiableMap(new LinkedHashMap<>(replacement));
    }

    boolean loggedIn() {
      return data.get(USER) != null;
    }
  }

  private final SecureRandom random = new SecureRandom();
  private final LongSupplier nanoClock;
  private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
      if (size() > MAX_SESSIONS) {
        remove(values().stream().filter(session -> !session.loggedIn()).findFirst().orElse(eldest.getValue()).id);
      }
      return false;
    }
  };

  Sessions(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** A new session; a login always gets one, so that an id known before it is worth nothing. */
  Session create(Map<String, Object> data) {
    Map<String, Object> copy = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    Session session = new Session(randomText(), randomText(), copy, nanoClock.getAsLong());
    synchronized (sessions) {
      sessions.put(session.id, session);
    }
    return session;
  }

  /** The session with this id, or null. */
  Session find(String id) {
    synchronized (sessions) {
      Session session = sessions.get(id);
      if (session == null) {
        return null;
      }
      long now = nanoClock.getAsLong();
      if (now - session.lastUsedNanos > IDLE_NANOS) {
        sessions.remove(id);
        return null;
      }
      session.lastUsedNanos = now;
      return session;
    }
  }

  void end(Session session) {
    synchronized (sessions) {
      sessions.remove(session.id);
    }
  }

  private String randomText() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
