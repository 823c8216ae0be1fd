package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The one answer to a request. Nothing of it is sent before its content is there. */
final class Reply {
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final OutputStream out;
  private final boolean withBody;
  private final StringBuilder headers = new StringBuilder();
  private boolean begun;

  /**
   * Nothing is sent yet.
   *
   * @param withBody whether the client wants more than the head
   */
  Reply(OutputStream out, boolean withBody) {
    this.out = out;
    this.withBody = withBody;
    header("X-Content-Type-Options", "nosniff");
    header("Connection", "close");
  }

  /** Whether it is too late to answer something else. */
  boolean hasBegun() {
    return begun;
  }

  /** Adds a header; before anything is sent. */
  Reply header(String name, String value) {
    headers.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  /** Answers with text. */
  void text(byte[] utf8) throws IOException {
    send(Status.OK, PLAIN, utf8);
  }

  /** Answers with an HTML page. */
  void page(String html) throws IOException {
    send(Status.OK, "text/html; charset=utf-8", html.getBytes(UTF_8));
  }

  /** Answers with a file. */
  void file(String name, byte[] bytes) throws IOException {
    attach(name).send(Status.OK, "application/octet-stream", bytes);
  }

  /** Answers with a file of unknown length, whose first byte sends the head. */
  OutputStream file(String name) {
    attach(name);
    return new FilterOutputStream(out) {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!begun) {
          head(Status.OK, "application/octet-stream", "");
        }
        if (withBody) {
          out.write(bytes, offset, length);
        }
      }
    };
  }

  /** Answers as Go's net/http/pprof answers what goes wrong: pprof shows the text to its user. */
  void error(int status, String text) throws IOException {
    header("X-Go-Pprof", "1");
    refuse(status, text);
  }

  /** Answers as Go's net/http answers what reaches no handler. */
  void refuse(int status, String text) throws IOException {
    send(status, PLAIN, (text + '\n').getBytes(UTF_8));
  }

  private Reply attach(String name) {
    // Names of an application's own profiles can be anything.
    String safe = name.replaceAll("[^ -~]", "_").replaceAll("[\"\\\\]", "\\\\$0");
    return header("Content-Disposition", "attachment; filename=\"" + safe + '"');
  }

  private void send(int status, String type, byte[] body) throws IOException {
    head(status, type, "Content-Length: " + body.length + "\r\n");
    if (withBody) {
      out.write(body);
    }
    out.flush();
  }

  private void head(int status, String type, String length) throws IOException {
    begun = true;
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    String head =
        ("HTTP/1.1 " + status + ' ' + Status.text(status) + "\r\n")
            + ("Content-Type: " + type + "\r\n")
            + length
            + ("Date: " + date + "\r\n")
            + headers
            + "\r\n";
    out.write(head.getBytes(ISO_8859_1));
  }
}
