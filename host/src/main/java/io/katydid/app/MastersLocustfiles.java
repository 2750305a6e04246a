package io.katydid.app;

import io.katydid.cli.LocustfileDownload;
import io.katydid.cli.UsageException;
import io.katydid.cli.Version;
import io.katydid.cluster.ClusterException;
import io.katydid.cluster.ClusterLog;
import io.katydid.cluster.LocustfileRequest;
import io.katydid.log.HostName;
import io.katydid.log.Visible;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** `-f -`: brings the master's locustfiles to this worker before anything else is done. Main thread. */
final class MastersLocustfiles {
  private final String masterHost;
  private final int masterPort;
  private final Path folder;
  private final PrintStream err;

  MastersLocustfiles(String masterHost, int masterPort, Path folder, PrintStream err) {
    this.masterHost = masterHost;
    this.masterPort = masterPort;
    this.folder = folder;
    this.err = err;
  }

  /** The files' local copies, in the master's order. */
  List<Path> fetch() throws IOException {
    LocustfileRequest request =
        new LocustfileRequest(Version.LOCUST, LocustfileRequest.Patience.STANDARD,
            line -> err.println(Visible.line(line)), new Quiet());
    List<Path> files = new ArrayList<>();
    try {
      for (LocustfileRequest.Source source : request.ask(masterHost, masterPort, HostName.local())) {
        switch (source) {
          case LocustfileRequest.ScriptFile file ->
              files.add(Files.writeString(folder.resolve(file.name()), file.contents()));
          case LocustfileRequest.Address address ->
              files.add(new LocustfileDownload(folder).fetch(URI.create(address.url())));
        }
      }
    } catch (ClusterException e) {
      throw UsageException.plain(e.getMessage(), ExitCode.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UsageException.plain("Interrupted while waiting for the master's locustfile.", ExitCode.FAILED);
    }
    return files;
  }

  /** The log does not exist yet; connection attempts are not worth a line, refusals come as exceptions. */
  private static final class Quiet implements ClusterLog {
    @Override
    public void debug(String line) {}

    @Override
    public void info(String line) {}

    @Override
    public void warning(String line) {}

    @Override
    public void error(String line) {}

    @Override
    public void error(String line, Throwable cause) {}
  }
}
