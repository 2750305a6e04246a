import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.io.IOAccess;

/** A file that is shorter by now than where its reader stands: CPython sees its end, GraalPy's Java backend OSError 22. */
public final class CutFile {
  private CutFile() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Files.createTempFile("cut", ".csv");
    try (Context python = Context.newBuilder("python").allowIO(IOAccess.ALL)
        .allowExperimentalOptions(true).option("python.PosixModuleBackend", "java").build()) {
      python.getBindings("python").putMember("path", file.toString());
      python.eval("python", """
          with open(path, "w") as out:
              out.write("a,b\\n" * 30000)
          reader = open(path)
          reader.readline()
          open(path, "w").close()
          try:
              print("lines until the end:", len(reader.readlines()))
          except OSError as error:
              print(type(error).__name__, error)
          """);
    } finally {
      Files.delete(file);
    }
  }
}
