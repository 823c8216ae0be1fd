package org.jvmpprof.agent.http;

/** The status codes in use (RFC 9110), with their names in Go's net/http. */
final class Status {
  static final int OK = 200;
  static final int TEMPORARY_REDIRECT = 307;
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int HEAD_TOO_LARGE = 431;
  static final int INTERNAL_ERROR = 500;
  static final int UNAVAILABLE = 503;
  static final int VERSION_NOT_SUPPORTED = 505;

  private Status() {}

  static String text(int status) {
    return switch (status) {
      case OK -> "OK";
      case TEMPORARY_REDIRECT -> "Temporary Redirect";
      case BAD_REQUEST -> "Bad Request";
      case UNAUTHORIZED -> "Unauthorized";
      case FORBIDDEN -> "Forbidden";
      case NOT_FOUND -> "Not Found";
      case METHOD_NOT_ALLOWED -> "Method Not Allowed";
      case HEAD_TOO_LARGE -> "Request Header Fields Too Large";
      case UNAVAILABLE -> "Service Unavailable";
      case VERSION_NOT_SUPPORTED -> "HTTP Version Not Supported";
      default -> "Internal Server Error";
    };
  }
}
