import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies the jars of one folder to another, compressed, without libraries for other systems. Run as a source file by
 * docker/build-tree: {@code java CompressJars.java FROM TO}.
 */
final class CompressJars {
  /** Folders named after systems, as GraalPy and JNA-like libraries have them inside their jars. */
  private static final Pattern SYSTEM = Pattern.compile("(^|/)(darwin|windows|linux)/(amd64|aarch64)/");

  private CompressJars() {}

  public static void main(String[] folders) throws IOException {
    Path from = Path.of(folders[0]);
    Path to = Files.createDirectories(Path.of(folders[1]));
    String cpu = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "amd64";
    List<Path> jars;
    try (Stream<Path> all = Files.list(from)) {
      jars = all.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    for (Path jar : jars) {
      compress(jar, to.resolve(jar.getFileName()), "linux/" + cpu + "/");
    }
  }

  private static void compress(Path from, Path to, String system) throws IOException {
    try (ZipFile jar = new ZipFile(from.toFile());
        OutputStream file = Files.newOutputStream(to);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (ZipEntry entry : jar.stream().toList()) {
        if (SYSTEM.matcher(entry.getName()).find() && !entry.getName().contains(system)) {
          continue;
        }
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        jar.getInputStream(entry).transferTo(out);
        out.closeEntry();
      }
    }
  }
}
