package io.katydid.standby;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A local stream socket that can hand open files over to another process, which Java's own cannot. One thread may read while another writes; any thread may close.
 */
final class LocalSocket implements AutoCloseable {
  /** The longest name of such a socket, in bytes (sockaddr_un, without the zero behind it). */
  static final int LONGEST_NAME = 107;

  // The kernel's numbers, equal on x86-64 and AArch64.
  private static final int O_RDWR = 2;
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int SO_RCVTIMEO = 20;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;

  private static final int ADDRESS_BYTES = 2 + LONGEST_NAME + 1;
  /** msghdr: name, its length, buffers, their number, control data, its length, flags. */
  private static final int MESSAGE_BYTES = 56;
  /** cmsghdr: length, level, type; the descriptors follow. */
  private static final int CONTROL_HEAD_BYTES = 16;
  private static final int MOST_DESCRIPTORS = 4;
  private static final int CONTROL_BYTES = CONTROL_HEAD_BYTES + MOST_DESCRIPTORS * Integer.BYTES;

  private final int descriptor;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LocalSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /** A socket that others may connect to. Fails if the file exists. */
  static LocalSocket listening(Path file) throws IOException {
    LocalSocket made = new LocalSocket((int) CLibrary.ints("socket", AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    try (Arena arena = Arena.ofConfined()) {
      CLibrary.call("bind", JAVA_INT, made.descriptor, address(arena, file), ADDRESS_BYTES);
      CLibrary.ints("listen", made.descriptor, MOST_DESCRIPTORS);
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  /**
   * A connection to whoever listens there. Whoever was killed while it did has left the socket's file: it is removed, so that
   * nobody asks again.
   */
  static LocalSocket connected(Path file) throws IOException {
    LocalSocket made = new LocalSocket((int) CLibrary.ints("socket", AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    try (Arena arena = Arena.ofConfined()) {
      CLibrary.call("connect", JAVA_INT, made.descriptor, address(arena, file), ADDRESS_BYTES);
      return made;
    } catch (IOException e) {
      made.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static MemorySegment address(Arena arena, Path file) throws IOException {
    byte[] name = file.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length > LONGEST_NAME) {
      throw new IOException(file + " is too long for the name of a socket");
    }
    MemorySegment address = arena.allocate(ADDRESS_BYTES, Short.BYTES);
    address.set(JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
    return address;
  }

  /** The next connection; null if none came within {@link #timeout}. */
  LocalSocket accept() throws IOException {
    try {
      return new LocalSocket(
          (int) CLibrary.call("accept4", JAVA_INT, descriptor, MemorySegment.NULL, MemorySegment.NULL, SOCK_CLOEXEC));
    } catch (CLibrary.CallFailed e) {
      if (e.timedOut()) {
        return null;
      }
      throw e;
    }
  }

  /** How long {@link #accept} and all that receive wait at most; 0 = for ever. */
  void timeout(long millis) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(2 * Long.BYTES, Long.BYTES);
      time.set(JAVA_LONG, 0, millis / 1000);
      time.set(JAVA_LONG, Long.BYTES, millis % 1000 * 1000);
      CLibrary.call("setsockopt", JAVA_INT, descriptor, SOL_SOCKET, SO_RCVTIMEO, time, 2 * Long.BYTES);
    }
  }

  /** The number of the user whose process is at the other end. */
  int peerUser() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment credentials = arena.allocate(3 * Integer.BYTES, Integer.BYTES);
      MemorySegment size = arena.allocate(JAVA_INT);
      size.set(JAVA_INT, 0, 3 * Integer.BYTES);
      CLibrary.call("getsockopt", JAVA_INT, descriptor, SOL_SOCKET, SO_PEERCRED, credentials, size);
      return credentials.get(JAVA_INT, Integer.BYTES);
    }
  }

  /** The number of this process's user. */
  static int ownUser() throws IOException {
    return (int) CLibrary.ints("geteuid");
  }

  /** Gives the other end these open files of this process, along with one byte. */
  void sendDescriptors(int... descriptors) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int control = CONTROL_HEAD_BYTES + descriptors.length * Integer.BYTES;
      MemorySegment message = message(arena, (control + 7) / 8 * 8);
      MemorySegment head = message.get(ADDRESS, 32).reinterpret(CONTROL_BYTES);
      head.set(JAVA_LONG, 0, control);
      head.set(JAVA_INT, 8, SOL_SOCKET);
      head.set(JAVA_INT, 12, SCM_RIGHTS);
      for (int i = 0; i < descriptors.length; i++) {
        head.set(JAVA_INT, CONTROL_HEAD_BYTES + (long) i * Integer.BYTES, descriptors[i]);
      }
      CLibrary.call("sendmsg", JAVA_LONG, descriptor, message, MSG_NOSIGNAL);
    }
  }

  /** What the other end has given with {@link #sendDescriptors}: they are this process's own now. Empty at the end. */
  List<Integer> receiveDescriptors() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = message(arena, CONTROL_BYTES);
      long got = CLibrary.call("recvmsg", JAVA_LONG, descriptor, message, MSG_CMSG_CLOEXEC);
      List<Integer> descriptors = new ArrayList<>();
      if (got <= 0 || message.get(JAVA_LONG, 40) < CONTROL_HEAD_BYTES) {
        return descriptors;
      }
      MemorySegment head = message.get(ADDRESS, 32).reinterpret(CONTROL_BYTES);
      if (head.get(JAVA_INT, 8) == SOL_SOCKET && head.get(JAVA_INT, 12) == SCM_RIGHTS) {
        for (long at = CONTROL_HEAD_BYTES; at + Integer.BYTES <= head.get(JAVA_LONG, 0); at += Integer.BYTES) {
          descriptors.add(head.get(JAVA_INT, at));
        }
      }
      return descriptors;
    }
  }

  private static MemorySegment message(Arena arena, int controlBytes) {
    MemorySegment buffer = arena.allocate(2 * Long.BYTES, Long.BYTES);
    buffer.set(ADDRESS, 0, arena.allocate(1));
    buffer.set(JAVA_LONG, Long.BYTES, 1);
    MemorySegment message = arena.allocate(MESSAGE_BYTES, Long.BYTES);
    message.set(ADDRESS, 16, buffer);
    message.set(JAVA_LONG, 24, 1);
    message.set(ADDRESS, 32, arena.allocate(CONTROL_BYTES, Long.BYTES));
    message.set(JAVA_LONG, 40, controlBytes);
    return message;
  }

  /** Sends all bytes. */
  void send(byte... bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocateFrom(JAVA_BYTE, bytes);
      for (long sent = 0; sent < bytes.length; ) {
        sent += CLibrary.call("send", JAVA_LONG, descriptor, data.asSlice(sent), bytes.length - sent, MSG_NOSIGNAL);
      }
    }
  }

  /** The next bytes, as many as asked for; fewer, or none, if the other end closes before. */
  byte[] receive(int count) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate(Math.max(1, count));
      int got = 0;
      while (got < count) {
        long more = CLibrary.call("recv", JAVA_LONG, descriptor, data.asSlice(got), (long) (count - got), 0);
        if (more == 0) {
          break;
        }
        got += (int) more;
      }
      return data.asSlice(0, got).toArray(JAVA_BYTE);
    }
  }

  /** Makes one of this process's descriptors, such as 1 for standard output, another name for an open file. */
  static void replace(int replaced, int by) throws IOException {
    CLibrary.ints("dup2", by, replaced);
  }

  /** A descriptor that reads nothing, and loses what is written to it. */
  static int openNothing() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return (int) CLibrary.call("open", JAVA_INT, arena.allocateFrom("/dev/null"), O_RDWR);
    }
  }

  /** Closes a descriptor that is not a socket of this class. */
  static void closeDescriptor(int number) throws IOException {
    CLibrary.ints("close", number);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        CLibrary.ints("close", descriptor);
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }
}
