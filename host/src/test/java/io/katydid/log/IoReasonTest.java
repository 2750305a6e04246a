package io.katydid.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {
  @TempDir Path folder;

  @Test
  void a_missing_folder_is_named_with_the_reason() {
    Path file = folder.resolve("nowhere/file");
    IOException e = assertThrows(IOException.class, () -> Files.writeString(file, ""));
    assertEquals(file + ": No such file or directory", IoReason.of(e));
  }

  @Test
  void a_file_in_the_place_of_a_folder_is_named() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    IOException e = assertThrows(IOException.class, () -> Files.createDirectories(file));
    assertEquals(file + ": There is a file of this name", IoReason.of(e));
  }

  @Test
  void other_reasons_are_those_of_the_system() {
    assertEquals("a: No space left on device", IoReason.of(new FileSystemException("a", null, "No space left on device")));
    assertEquals("No space left on device", IoReason.of(new IOException("No space left on device")));
    assertEquals("java.io.IOException", IoReason.of(new IOException()));
  }
}
