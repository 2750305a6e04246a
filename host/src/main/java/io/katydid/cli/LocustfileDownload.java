package io.katydid.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Gets a locustfile by HTTP and puts it in a folder under the last part of its address. Used once, at start-up. */
public final class LocustfileDownload implements LocustfilePaths.Fetcher {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int OK = 200;
  private static final int EXCERPT = 100;

  private final Path folder;

  /** {@code folder} must exist; it is where the copies stay. */
  public LocustfileDownload(Path folder) {
    this.folder = folder;
  }

  @Override
  public Path fetch(URI address) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(PATIENCE).build()) {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != OK) {
        String text = new String(response.body(), StandardCharsets.UTF_8);
        throw new IOException("the server answered " + response.statusCode() + ": "
            + text.substring(0, Math.min(EXCERPT, text.length())));
      }
      return Files.write(folder.resolve(fileName(address)), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (IOException e) {
      throw e.getMessage() == null ? new IOException("no connection (" + e.getClass().getSimpleName() + ")", e) : e;
    }
  }

  private static String fileName(URI address) {
    String path = address.getPath() == null ? "" : address.getPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (last.isEmpty()) {
      return "locustfile.py";
    }
    return last.endsWith(".py") ? last : last + ".py";
  }
}
