package org.jvmpprof.agent.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where to listen, as the option {@code http} says it. */
final class HttpAddress {
  private HttpAddress() {}

  /**
   * Finds the address.
   *
   * @param option {@code PORT}, on loopback then, {@code HOST:PORT} or {@code [IPV6]:PORT}
   */
  static InetSocketAddress of(String option) throws UnknownHostException {
    int colon = option.lastIndexOf(':');
    int port = Integer.parseInt(option.substring(colon + 1));
    InetAddress host =
        colon < 0
            ? InetAddress.getLoopbackAddress()
            : InetAddress.getByName(option.substring(0, colon));
    return new InetSocketAddress(host, port);
  }

  /** An address for people and for the first part of a URL. */
  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? '[' + host + ']' : host) + ':' + address.getPort();
  }
}
