package io.katydid.app;

import io.katydid.cli.Options;
import io.katydid.cli.UsageException;
import io.katydid.console.TestConsole;
import io.katydid.console.WebConsole;
import io.katydid.console.WebSettings;
import io.katydid.log.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Starts the web UI where the options want it, and says in the log where that is. */
final class WebInterface {
  private WebInterface() {}

  /**
   * @param invitation what the log line says behind the address
   * @throws UsageException if the options contradict each other
   * @throws IOException with a sentence for the user if it cannot listen there
   */
  static WebConsole.Running start(TestConsole console, Options options, Log log, String invitation)
      throws IOException {
    WebConsole factory =
        ServiceLoader.load(WebConsole.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no web UI on the class path"));
    String host = options.text("web_host");
    String basePath = options.text("web_base_path");
    String certificate = options.text("tls_cert");
    String key = options.text("tls_key");
    boolean tls = !certificate.isEmpty() && !key.isEmpty();
    if (!basePath.isEmpty() && !basePath.startsWith("/")) {
      throw UsageException.plain(
          "Invalid format for --web-base-path argument (" + basePath + "): the url path must start with a slash.",
          ExitCode.FAILED);
    }
    String assets = options.text("build_path");
    WebSettings settings =
        new WebSettings(
            host.equals("*") ? "" : host,
            options.integer("web_port"),
            basePath,
            options.flag("web_login"),
            System.getenv("KATYDID_WEB_PASSWORD_FILE") == null
                ? null
                : Path.of(System.getenv("KATYDID_WEB_PASSWORD_FILE")),
            System.getenv("KATYDID_WEB_PASSWORD"),
            tls ? Path.of(certificate) : null,
            tls ? Path.of(key) : null,
            assets.isEmpty() ? null : Path.of(assets));
    WebConsole.Running running = factory.start(console, settings);
    String shown = options.text("web_host_display_name");
    String address =
        shown != null && host.isEmpty()
            ? shown
            : (tls ? "https" : "http") + "://" + (host.isEmpty() ? "0.0.0.0" : host) + ":" + running.port() + basePath;
    log.info("Starting web interface at " + address + invitation);
    if (options.flag("class_picker")) {
      log.debug("Locust is running with the UserClass Picker Enabled");
    }
    return running;
  }
}
