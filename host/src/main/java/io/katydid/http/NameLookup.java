package io.katydid.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where a name leads. Called on the thread that makes a request, which may wait there. */
@FunctionalInterface
public interface NameLookup {
  /** The operating system's. */
  NameLookup SYSTEM = (host, port) -> {
    InetAddress[] found = InetAddress.getAllByName(host);
    InetSocketAddress[] addresses = new InetSocketAddress[found.length];
    for (int i = 0; i < found.length; i++) {
      addresses[i] = new InetSocketAddress(found[i], port);
    }
    return addresses;
  };

  /**
   * The addresses to try, in this order; at least one.
   *
   * @throws UnknownHostException whose text says why there is none
   */
  InetSocketAddress[] lookUp(String host, int port) throws UnknownHostException;
}
