package dev.leasehold.e2e.campaign.network;

import java.nio.charset.StandardCharsets;

/** What an API server, or something before it, answers instead of doing what was asked. */
public enum Refusal {
  /** 429 to all requests, as a server with too many of them does. */
  TOO_MANY_REQUESTS(429, "Too Many Requests", "TooManyRequests", false),
  /** 429 to writes alone. */
  TOO_MANY_WRITES(429, "Too Many Requests", "TooManyRequests", true),
  /** 500 to all requests, as a server without its store does. */
  BROKEN(500, "Internal Server Error", "InternalError", false),
  /** 500 to writes alone, as with an admission webhook that fails. */
  BROKEN_WRITES(500, "Internal Server Error", "InternalError", true);

  private final int code;
  private final String phrase;
  private final String reason;
  private final boolean writesOnly;

  Refusal(int code, String phrase, String reason, boolean writesOnly) {
    this.code = code;
    this.phrase = phrase;
    this.reason = reason;
    this.writesOnly = writesOnly;
  }

  /** In a few words. */
  public String words() {
    return code + (writesOnly ? " to writes" : " to all requests");
  }

  /** Whether it hits a request. */
  boolean hits(RequestHead request) {
    return !writesOnly || request.isWrite();
  }

  /** The answer as a whole. */
  byte[] answer() {
    String status =
        """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"refused by the campaign","reason":"%s","code":%d}
        """
            .formatted(reason, code);
    String head =
        "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(code, phrase, status.length(), code == 429 ? "Retry-After: 1\r\n" : "");
    return (head + status).getBytes(StandardCharsets.US_ASCII);
  }
}
