package io.katydid.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class CommandLineErrorTest {
  @TempDir Path folder;
  private CommandLineFixture fixture;

  @BeforeEach
  void freshFolders() throws IOException {
    fixture = new CommandLineFixture(folder);
  }

  /** Observed of Locust 2.47.0. */
  @ParameterizedTest
  @CsvFileSource(resources = "/cli/errors.csv", delimiter = '|', quoteCharacter = '`', emptyValue = "")
  void mistakesAreNamedAsLocustNamesThem(String args, int code, String message) {
    String[] words = List.of(args.split(" ")).stream().map(word -> word.equals("''") ? "" : word)
        .toArray(String[]::new);
    String prefix = code == 2 ? "locust: error: " : "";
    assertEquals(code + " " + prefix + message.replace("\\n", "\n"), fixture.error(words));
  }

  @Test
  void mistakesThatNeedNoLocustfileAreFoundBeforeItIsLoaded() {
    UsageException e = assertThrows(UsageException.class, () -> fixture.line("-u", "x", "--own-option", "y").check());
    assertEquals("argument -u/--users: invalid int value: 'x'", e.getMessage());
  }

  @Test
  void whatALocustfileMightDefineIsNotAMistakeYet() {
    assertDoesNotThrow(() -> fixture.line("--foo", "-c", "text", "--user", "x", "--run", "x", "--slave").check());
  }

  @Test
  void badJsonOfConfigUsersIsExplained() {
    assertTrue(fixture.error("--config-users", "{bad")
        .startsWith("2 locust: error: argument --config-users: The --config-users argument must be a valid JSON"
            + " string or file: "));
    assertEquals("2 locust: error: argument --config-users: The user config must specify a user_class_name",
        fixture.error("--config-users", "[{\"a\":1}]"));
  }
}
