package io.katydid.standby;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;

/**
 * The waiting end: listens until one run is handed over ({@link HandOver}) that fits this process. Used by the main thread.
 */
public final class Standby implements AutoCloseable {
  /** Answers to an order: it is taken, or it is not and why follows. */
  static final byte TAKEN = 'Y';
  static final byte REFUSED = 'N';
  static final int DESCRIPTORS = 3;

  private static final long LOOK_MILLIS = 500;
  /** A process that connects has its order ready. */
  private static final long ORDER_MILLIS = 2_000;
  private static final Map<Byte, String> SIGNALS = Map.of((byte) 1, "HUP", (byte) 2, "INT", (byte) 15, "TERM");

  private final Path file;
  private final LocalSocket listener;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private Standby(Path file, LocalSocket listener) {
    this.file = file;
    this.listener = listener;
  }

  /**
   * Begins to listen.
   *
   * @param file of the socket, in a folder that only this user may enter
   * @throws IOException if another process waits there already, or the socket cannot be made
   */
  public static Standby at(Path file) throws IOException {
    if (Files.exists(file)) {
      try (LocalSocket other = LocalSocket.connected(file)) {
        throw new IllegalStateException("another process is on standby already");
      } catch (IOException e) {
        // It was killed, and nothing is left of it now.
      }
    }
    // Under this name it is not to be seen before it listens.
    Path unseen = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unseen);
    LocalSocket listener = LocalSocket.listening(unseen);
    try {
      listener.timeout(LOOK_MILLIS);
      Files.createLink(file, unseen);
      return new Standby(file, listener);
    } catch (IOException e) {
      listener.close();
      throw e;
    } finally {
      Files.deleteIfExists(unseen);
    }
  }

  /**
   * Waits for a run. Once there is one nobody else can connect, and this process is in the run's folder, with its limits.
   *
   * @param own what an order's surroundings must be equal to
   * @param goOn asked about twice a second meanwhile
   * @return empty if it was told not to go on
   */
  public Optional<Run> await(Surroundings own, BooleanSupplier goOn) throws IOException {
    while (goOn.getAsBoolean()) {
      LocalSocket caller = listener.accept();
      if (caller != null) {
        Run run = takenFrom(caller, own);
        if (run != null) {
          return Optional.of(run);
        }
        caller.close();
      }
    }
    return Optional.empty();
  }

  private Run takenFrom(LocalSocket caller, Surroundings own) {
    List<Integer> descriptors = List.of();
    Run run = null;
    try {
      caller.timeout(ORDER_MILLIS);
      if (caller.peerUser() != LocalSocket.ownUser()) {
        return null;
      }
      descriptors = caller.receiveDescriptors();
      Order order = read(caller);
      Optional<String> obstacle = obstacle(own, order, descriptors);
      if (obstacle.isPresent()) {
        caller.send(refusal(obstacle.get()));
        return null;
      }
      // Until here nothing of this process has changed, so that it can wait on whatever happens to the caller.
      caller.send(TAKEN);
      takeOver(order);
      close();
      caller.timeout(0);
      run = new Run(order, descriptors, caller);
      return run;
    } catch (IOException e) {
      return null; // Whoever called is told nothing and starts a process of its own.
    } finally {
      if (run == null) {
        descriptors.forEach(Standby::drop);
      }
    }
  }

  /** Why this process cannot make the run, if it cannot. Looks only. */
  private static Optional<String> obstacle(Surroundings own, Order order, List<Integer> descriptors) {
    if (descriptors.size() != DESCRIPTORS) {
      return Optional.of("no input and output came along");
    }
    Optional<String> difference = own.now().difference(order.surroundings());
    if (difference.isPresent()) {
      return Optional.of(difference.get() + " is not the same");
    }
    try {
      if (!Files.isDirectory(order.folder()) || !Files.isExecutable(order.folder())) {
        return Optional.of("its folder " + order.folder() + " cannot be entered");
      }
      return order.limits().obstacle().map(why -> "its limits cannot be taken over, " + why);
    } catch (IOException e) {
      return Optional.of("its limits cannot be taken over, " + e.getMessage());
    }
  }

  /**
   * Limits and folder are the run's from here on.
   *
   * @throws IllegalStateException if that fails after all: this process is no longer what it was, and another has to wait
   */
  private static void takeOver(Order order) {
    try {
      order.limits().adopt();
      CLibrary.enter(order.folder());
    } catch (IOException e) {
      throw new IllegalStateException("a run's limits and folder could not be taken over, " + e.getMessage(), e);
    }
  }

  private static byte[] refusal(String why) {
    byte[] text = why.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + text.length).put(REFUSED).put(text).array();
  }

  private static Order read(LocalSocket caller) throws IOException {
    byte[] size = caller.receive(Integer.BYTES);
    int bytes = size.length < Integer.BYTES ? -1 : ByteBuffer.wrap(size).getInt();
    if (bytes < 0 || bytes > Order.MOST_BYTES) {
      throw new IOException("this is no order");
    }
    return Order.of(caller.receive(bytes));
  }

  private static void drop(int descriptor) {
    try {
      LocalSocket.closeDescriptor(descriptor);
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** Nobody else can connect: removes the socket's file. Any thread. */
  public void withdraw() {
    if (open.compareAndSet(true, false)) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // The next process finds that nobody answers there.
      }
    }
  }

  @Override
  public void close() {
    withdraw();
    listener.close();
  }

  /** A run that was handed over. */
  public static final class Run {
    private final Order order;
    private final List<Integer> descriptors;
    private final LocalSocket caller;

    private Run(Order order, List<Integer> descriptors, LocalSocket caller) {
      this.order = order;
      this.descriptors = descriptors;
      this.caller = caller;
    }

    /** The name the user called. */
    public String program() {
      return order.program();
    }

    /** The rest of the command line. */
    public List<String> words() {
      return order.words();
    }

    /** Where the user called it. */
    public Path folder() {
      return order.folder();
    }

    /** The user's variables. */
    public Map<String, String> environment() {
      return order.environment();
    }

    /**
     * From here on standard input, output and error of this process are those of the caller, and signals that the caller
     * gets come here. A caller that is killed counts as a SIGTERM.
     */
    public void begin() throws IOException {
      for (int i = 0; i < DESCRIPTORS; i++) {
        LocalSocket.replace(i, descriptors.get(i));
        LocalSocket.closeDescriptor(descriptors.get(i));
      }
      Thread.ofPlatform().name("handed-over-signals").daemon().start(this::passSignals);
    }

    private void passSignals() {
      try {
        while (true) {
          byte[] number = caller.receive(1);
          String signal = number.length == 0 ? "TERM" : SIGNALS.get(number[0]);
          if (signal != null) {
            Signal.raise(new Signal(signal));
          }
          if (number.length == 0) {
            return;
          }
        }
      } catch (IOException e) {
        Signal.raise(new Signal("TERM"));
      }
    }

    /** Tells the caller the exit code. It waits, besides, until this process is gone. */
    public void end(int exitCode) {
      try {
        caller.send((byte) exitCode);
      } catch (IOException e) {
        // The caller is gone.
      }
    }
  }
}
