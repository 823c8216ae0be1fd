package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jvmpprof.proto.Profile;

/** All that a server has sent until it closed the connection. */
final class Answer {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Answer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  static Answer read(InputStream in) throws IOException {
    byte[] all = in.readAllBytes();
    String text = new String(all, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no answer but: " + text);
    }
    String[] lines = text.substring(0, end).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      String[] pair = line.split(": ", 2);
      headers.put(pair[0], pair[1]);
    }
    int status = Integer.parseInt(lines[0].split(" ", 3)[1]);
    return new Answer(status, headers, Arrays.copyOfRange(all, end + 4, all.length));
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  String text() {
    return new String(body, UTF_8);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  Profile profile() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return Profile.parseFrom(in.readAllBytes());
    }
  }
}
