package org.jvmpprof.agent.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who may ask for profiles. */
final class Access {
  private final boolean loopback;
  private final byte @Nullable [] token;

  private Access(boolean loopback, byte @Nullable [] token) {
    this.loopback = loopback;
    this.token = token;
  }

  /**
   * The rules for an address.
   *
   * @param tokenFile holds the token that each request must carry; null for none
   * @throws IOException when the address may not be served; the message is one line
   */
  static Access to(InetAddress address, @Nullable Path tokenFile) throws IOException {
    boolean loopback = address.isLoopbackAddress();
    if (tokenFile == null && !loopback) {
      throw new IOException("an address that is not loopback needs a token-file");
    }
    return new Access(loopback, tokenFile == null ? null : token(tokenFile));
  }

  private static byte[] token(Path file) throws IOException {
    String token;
    try {
      token = Files.readString(file, ISO_8859_1).strip();
    } catch (IOException e) {
      throw new IOException("cannot read token-file: " + e, e);
    }
    if (token.isEmpty()) {
      throw new IOException("token-file " + file + " is empty");
    }
    return token.getBytes(ISO_8859_1);
  }

  /** Whether the request may be answered; answers it if not. */
  boolean permits(Request request, Reply reply) {
    if (loopback && !isLoopbackName(request.header("host"))) {
      reply.refuse(Status.FORBIDDEN, "Forbidden: on loopback, Host must be a loopback name");
      return false;
    }
    if (token != null && !carriesToken(request.header("authorization"), token)) {
      reply.header("WWW-Authenticate", "Bearer");
      reply.refuse(Status.UNAUTHORIZED, Status.text(Status.UNAUTHORIZED));
      return false;
    }
    return true;
  }

  /** A web page's own name that leads here (DNS rebinding) is none. */
  private static boolean isLoopbackName(String host) {
    String name = host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
  }

  /** Also as the password of any user, which is all that go tool pprof can send. */
  private static boolean carriesToken(String authorization, byte[] token) {
    String[] words = authorization.split(" +", 2);
    if (words.length < 2) {
      return false;
    }
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case "bearer" -> MessageDigest.isEqual(words[1].getBytes(ISO_8859_1), token);
      case "basic" -> MessageDigest.isEqual(password(words[1]), token);
      default -> false;
    };
  }

  private static byte[] password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), ISO_8859_1);
      return pair.substring(pair.indexOf(':') + 1).getBytes(ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
