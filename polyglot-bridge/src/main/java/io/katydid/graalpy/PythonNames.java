package io.katydid.graalpy;

import io.katydid.http.NameLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.graalvm.polyglot.Value;

/**
 * Asks Python where a name leads, as long as a locustfile has replaced a function that says so (_katydid_names.py). Called by
 * threads that make a request, outside of the gate; they pass it for the question.
 */
final class PythonNames implements NameLookup {
  private final PythonGate gate;
  private volatile Value function;

  PythonNames(PythonGate gate) {
    this.gate = gate;
  }

  /** @param function of host and port; null = the system is asked */
  void ask(Value function) {
    this.function = function;
  }

  @Override
  public InetSocketAddress[] lookUp(String host, int port) throws UnknownHostException {
    Value asked = function;
    return asked == null ? SYSTEM.lookUp(host, port) : addresses(answer(asked, host, port));
  }

  private String answer(Value asked, String host, int port) {
    gate.enter();
    try {
      return asked.execute(host, port).asString();
    } finally {
      gate.leave();
    }
  }

  private static InetSocketAddress[] addresses(String answer) throws UnknownHostException {
    if (answer.startsWith("!") || answer.isEmpty()) {
      throw new UnknownHostException(answer.startsWith("!-3") ? "Temporary failure"
          : answer.startsWith("!-5") ? "No address associated" : answer);
    }
    String[] lines = answer.split("\n");
    InetSocketAddress[] addresses = new InetSocketAddress[lines.length];
    for (int i = 0; i < lines.length; i++) {
      int space = lines[i].lastIndexOf(' ');
      addresses[i] = new InetSocketAddress(
          InetAddress.getByName(lines[i].substring(0, space)), Integer.parseInt(lines[i].substring(space + 1)));
    }
    return addresses;
  }
}
