package io.katydid.web;

import io.katydid.console.HtmlReport;
import io.katydid.console.TestConsole;
import io.katydid.console.WebConsole;
import io.katydid.console.WebSettings;
import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Puts the web UI together and starts it. The only class that makes a Jetty server. */
public final class JettyWebConsole implements WebConsole {
  /** The version of Locust whose API and page arguments these are. */
  static final String LOCUST_VERSION = "2.47.0";

  private static final int MAX_THREADS = 48;
  private static final int MIN_THREADS = 4;
  private static final int IDLE_MS = 120_000;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** For {@code ServiceLoader}. */
  public JettyWebConsole() {}

  @Override
  public Running start(TestConsole console, WebSettings settings) throws IOException {
    return start(console, settings, new TestTime(console), System::nanoTime);
  }

  /** With clocks of the caller's choice, for tests. */
  Running start(TestConsole console, WebSettings settings, Clock clock, LongSupplier nanoClock) throws IOException {
    String basePath = settings.basePath();
    if (!basePath.isEmpty() && !basePath.startsWith("/")) {
      throw new IOException("Invalid format for --web-base-path argument (" + basePath
          + "): the url path must start with a slash.");
    }
    if (basePath.endsWith("/")) {
      basePath = basePath.substring(0, basePath.length() - 1);
    }
    boolean tls = settings.tlsCertificate() != null && settings.tlsKey() != null;
    Passwords passwords = settings.login()
        ? Passwords.read(settings.passwordFile(), settings.passwordText())
        : Passwords.read(null, null);
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("web-live").daemon().factory());
    PageRoutes pageRoutes = new PageRoutes(console, clock, nanoClock);
    LiveFeed liveFeed = new LiveFeed(pageRoutes::liveLine, timer);
    Limits limits = Limits.begin(nanoClock);
    WebHandler handler =
        handler(console, settings, basePath, passwords, pageRoutes, liveFeed, limits, clock, nanoClock);

    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("web");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = connector(server, tls ? sslFactory(settings) : null);
    connector.setHost(settings.host().isEmpty() ? null : settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MS);
    connector.addBean(limits.connections());
    server.addConnector(connector);
    server.setHandler(handler);
    // The handler is the one for good: Jetty may believe it that it never waits.
    server.setDynamic(false);
    // Pages stay connected for ever: waiting for them to go would only delay the end of the process.
    server.setStopTimeout(0);
    try {
      server.start();
    } catch (Exception e) {
      timer.shutdownNow();
      limits.close();
      stopQuietly(server);
      throw cannotListen(settings, e);
    }
    return new Started(server, connector.getLocalPort(), liveFeed, timer, limits);
  }

  private static WebHandler handler(
      TestConsole console,
      WebSettings settings,
      String basePath,
      Passwords passwords,
      PageRoutes pageRoutes,
      LiveFeed liveFeed,
      Limits limits,
      Clock clock,
      LongSupplier nanoClock) {
    Sessions sessions = new Sessions(nanoClock);
    LoginThrottle throttle = new LoginThrottle(nanoClock);
    Gatekeeper gatekeeper = new Gatekeeper(settings.login(), basePath, sessions, passwords, throttle);
    IndexPage indexPage = new IndexPage(console, LOCUST_VERSION, settings.login());
    Assets assets = new Assets(settings.assetFolder());
    HtmlReport report = new ReportPage(clock);
    Routes routes = new Routes();
    StatsRoutes statsRoutes = new StatsRoutes(console, nanoClock);
    Runnable changed = () -> {
      statsRoutes.forget();
      pageRoutes.forget();
    };
    routes.get("/", request -> indexPage.render(request.session(), java.util.Map.of()));
    routes.openBelow("/assets/", assets::answer);
    statsRoutes.addTo(routes);
    pageRoutes.addTo(routes);
    RunRoutes runRoutes = pageRoutes.runs();
    runRoutes.addTo(routes);
    new ControlRoutes(console, runRoutes::keep, changed, clock).addTo(routes);
    new CsvRoutes(console).addTo(routes);
    new ReportRoute(console, report).addTo(routes);
    new MetricsRoutes(console, nanoClock).addTo(routes);
    new LoginRoutes(console, basePath, sessions, passwords, throttle, gatekeeper).addTo(routes);
    routes.get(LiveFeed.PATH, request -> WebReply.page(405, "Method Not Allowed", "This address streams: use GET."));
    return new WebHandler(console, basePath, routes, sessions, gatekeeper, indexPage, liveFeed, limits);
  }

  private static ServerConnector connector(Server server, SslContextFactory.Server ssl) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (ssl == null) {
      return new ServerConnector(server, plain);
    }
    http.addCustomizer(new org.eclipse.jetty.server.SecureRequestCustomizer(false));
    SslConnectionFactory secure = new SslConnectionFactory(ssl, plain.getProtocol());
    return new ServerConnector(server, List.of(secure, plain).toArray(ConnectionFactory[]::new));
  }

  private static SslContextFactory.Server sslFactory(WebSettings settings) throws IOException {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSslContext(TlsKeys.context(settings.tlsCertificate(), settings.tlsKey()));
    return ssl;
  }

  private static IOException cannotListen(WebSettings settings, Exception e) {
    String host = settings.host().isEmpty() ? "0.0.0.0" : settings.host();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new IOException("The web UI cannot listen on " + host + ":" + settings.port()
            + ": the port is in use or the address is not of this machine. Choose others with --web-port,"
                + " --web-host.", e);
      }
      if (cause instanceof java.nio.channels.UnresolvedAddressException) {
        return new IOException("The web UI cannot listen on " + host
            + ": the name is unknown. Give an address of this machine with --web-host.", e);
      }
    }
    return new IOException("The web UI cannot start: " + e.getMessage(), e);
  }

  private static void stopQuietly(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      // It never started; the reason is reported by the caller.
      server.getThreadPool();
    }
  }

  private record Started(
      Server server, int port, LiveFeed liveFeed, ScheduledExecutorService timer, Limits limits) implements Running {
    @Override
    public void close() {
      timer.shutdownNow();
      limits.close();
      liveFeed.close();
      try {
        server.stop();
      } catch (Exception e) {
        throw new IllegalStateException("The web server does not stop", e);
      }
    }
  }
}
