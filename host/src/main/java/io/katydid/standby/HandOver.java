package io.katydid.standby;

import io.katydid.app.ExitCode;
import io.katydid.app.TerminalInput;
import io.katydid.cli.QuickAnswers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sun.misc.Signal;

/**
 * The calling end: hands a run over to a process on standby, or to one that is just brought back from disk, passes signals on
 * and ends as it ends. Where there is such a process the launcher becomes this one, which gives {@link QuickAnswers} first, and becomes the launcher again if
 * the run is not taken.
 */
public final class HandOver {
  private static final int SIGNAL_EXIT_BASE = 128;
  /** One that has just been started opens its context first. */
  private static final long ANSWER_MILLIS = 10_000;

  private final String program;
  private final PrintStream err;
  private volatile int lastSignal;

  private HandOver(String program, PrintStream err) {
    this.program = program;
    this.err = err;
  }

  /** Entry point. The first words are the launcher's file and the socket's. */
  public static void main(String[] args) throws IOException {
    List<String> words = List.of(args).subList(2, args.length);
    int code = QuickAnswers.ofProcess(words);
    if (code == QuickAnswers.GO_ON) {
      String program = System.getProperty("katydid.prog", "katydid");
      Map<String, String> environment = System.getenv();
      Path folder = Path.of("").toAbsolutePath();
      Order order = new Order(program, words, environment, folder, Limits.own(), Surroundings.own(environment));
      code = new HandOver(program, System.err).run(Path.of(args[1]), order);
      if (code == QuickAnswers.GO_ON) {
        Launcher.startAgain(args[0], words.size());
      }
    }
    System.exit(code);
  }

  /** The run's exit code, or {@link QuickAnswers#GO_ON} if the other process does not take it. */
  private int run(Path file, Order order) throws IOException {
    Optional<Restoration> restoration = Restoration.begun();
    if (restoration.isPresent() && !restoration.get().await(file)) {
      // It will not come back the next time either.
      Files.deleteIfExists(file.resolveSibling("ready"));
      err.println(program + ": the warm process of 'katydid prepare' could not be brought back and was given up;"
          + " 'katydid prepare' makes another (" + file.resolveSibling("restore.log") + ")");
      return QuickAnswers.GO_ON;
    }
    try (LocalSocket socket = LocalSocket.connected(file)) {
      if (socket.peerUser() != LocalSocket.ownUser()) {
        err.println(program + ": the process that waits at " + file + " is another user's and is not used");
        return QuickAnswers.GO_ON;
      }
      socket.sendDescriptors(input(), 1, 2);
      byte[] bytes = order.bytes();
      socket.send(ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes).array());
      socket.timeout(ANSWER_MILLIS);
      byte[] answer = socket.receive(1);
      if (answer.length == 0) {
        return QuickAnswers.GO_ON; // Somebody else was faster, or it is about to end.
      }
      if (answer[0] != Standby.TAKEN) {
        String why = new String(socket.receive(Short.MAX_VALUE), StandardCharsets.UTF_8);
        err.println(program + ": the waiting process was started in other surroundings and is not used: " + why);
        return QuickAnswers.GO_ON;
      }
      socket.timeout(0);
      return follow(socket);
    } catch (CLibrary.CallFailed e) {
      if (e.timedOut()) {
        err.println(program + ": the waiting process does not answer and is not used");
      }
      return QuickAnswers.GO_ON; // Nobody is there any more, or input and output cannot be given away.
    } catch (IOException e) {
      return QuickAnswers.GO_ON;
    }
  }

  /** The terminal's keys are not for a run in the background, and the other process is not stopped when it reads them. */
  private static int input() throws IOException {
    return TerminalInput.mayBeTerminal() && TerminalInput.inBackground() ? LocalSocket.openNothing() : 0;
  }

  private int follow(LocalSocket socket) {
    for (String name : List.of("INT", "TERM", "HUP")) {
      Signal.handle(new Signal(name), signal -> pass(socket, signal.getNumber()));
    }
    byte[] code = new byte[0];
    try {
      code = socket.receive(1);
      socket.receive(1); // Until the process is gone.
    } catch (IOException e) {
      // It has ended without a word.
    }
    if (code.length == 1) {
      return code[0] & 0xff;
    }
    if (lastSignal > 0) {
      return SIGNAL_EXIT_BASE + lastSignal;
    }
    err.println(program + ": the process that made the run has ended before the run was over");
    return ExitCode.FAILED;
  }

  private void pass(LocalSocket socket, int number) {
    lastSignal = number;
    try {
      socket.send((byte) number);
    } catch (IOException e) {
      // It has ended, which the main thread sees.
    }
  }
}
