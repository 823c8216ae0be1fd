package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The one answer to a request. Nothing of it is sent before its content is there, and all of it
 * when it is told to.
 */
final class Reply implements AutoCloseable {
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String BYTES = "application/octet-stream";

  private final OutputStream out;
  private final boolean withBody;
  private final StringBuilder headers = new StringBuilder();
  private String firstHeaders = "";
  private @Nullable InputStream body;
  private int status;

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

  /** Adds a header; before anything is sent. */
  Reply header(String name, String value) {
    headers.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  /** Answers with text. */
  void text(byte[] utf8) {
    answer(Status.OK, PLAIN, utf8);
  }

  /** Answers with an HTML page. */
  void page(String html) {
    answer(Status.OK, "text/html; charset=utf-8", html.getBytes(UTF_8));
  }

  /** Answers with a file. */
  void file(String name, byte[] bytes) {
    attach(name).answer(Status.OK, BYTES, bytes);
  }

  /** Answers with a file of unknown length, which is closed when it was sent or is not wanted. */
  void file(String name, InputStream bytes) {
    attach(name).answer(Status.OK, BYTES, bytes, "");
  }

  /** Answers as Go's net/http/pprof answers what goes wrong: pprof shows the text to its user. */
  void error(int code, String text) {
    header("X-Go-Pprof", "1");
    refuse(code, text);
  }

  /** Answers as Go's net/http answers what reaches no handler. */
  void refuse(int code, String text) {
    answer(code, PLAIN, (text + '\n').getBytes(UTF_8));
  }

  /** Sends the answer, if there is one: to a slow client that takes its time. */
  void send() throws IOException {
    if (body != null) {
      out.write(head().getBytes(ISO_8859_1));
      if (withBody) {
        body.transferTo(out);
      }
      out.flush();
    }
  }

  @Override
  public void close() {
    try {
      if (body != null) {
        body.close();
      }
    } catch (IOException e) {
      // It was sent, or is not wanted.
    }
  }

  private Reply attach(String name) {
    // Names of an application's own profiles can be anything.
    String safe = name.replaceAll("[^ -~]", "_").replaceAll("[\"\\\\]", "\\\\$0");
    return header("Content-Disposition", "attachment; filename=\"" + safe + '"');
  }

  private void answer(int code, String type, byte[] bytes) {
    answer(code, type, new ByteArrayInputStream(bytes), "Content-Length: " + bytes.length + "\r\n");
  }

  private void answer(int code, String type, InputStream bytes, String length) {
    close();
    status = code;
    firstHeaders = "Content-Type: " + type + "\r\n" + length;
    body = bytes;
  }

  private String head() {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    return ("HTTP/1.1 " + status + ' ' + Status.text(status) + "\r\n")
        + firstHeaders
        + ("Date: " + date + "\r\n")
        + headers
        + "\r\n";
  }
}
