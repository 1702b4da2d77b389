package dev.leasehold.e2e.campaign.network;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The lines of an HTTP/1.1 request before its body.
 *
 * @param text as it came, to the empty line
 */
record RequestHead(String text) {

  private static final int MOST = 256 * 1024;

  /**
   * Reads one; its body stays in the stream.
   *
   * @throws IOException if the stream ends or no head comes
   */
  static RequestHead read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 2) {
      int next = in.read();
      if (next < 0 || bytes.size() == MOST) {
        throw new EOFException("This is no request.");
      }
      bytes.write(next);
      if (next == '\n') {
        ends++;
      } else if (next != '\r') {
        ends = 0;
      }
    }
    return new RequestHead(bytes.toString(StandardCharsets.ISO_8859_1));
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  boolean isWrite() {
    return List.of("POST", "PUT", "PATCH", "DELETE").contains(text.split(" ", 2)[0]);
  }

  /** Whether the connection becomes something else if the server agrees: a watch's web socket. */
  boolean isUpgrade() {
    return header("upgrade").equalsIgnoreCase("websocket");
  }

  /** Passes the body on to where it belongs. */
  void passBody(InputStream in, OutputStream out) throws IOException {
    if (header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
      for (int size = chunk(in, out); size > 0; size = chunk(in, out)) {
        pass(in, out, size + 2);
      }
      boolean isTrailer = true;
      while (isTrailer) {
        isTrailer = !line(in, out).isEmpty();
      }
      return;
    }
    String length = header("content-length");
    pass(in, out, length.isEmpty() ? 0 : Long.parseLong(length));
  }

  private static int chunk(InputStream in, OutputStream out) throws IOException {
    return Integer.parseInt(line(in, out).split(";", 2)[0].strip(), 16);
  }

  private static String line(InputStream in, OutputStream out) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The body ends too early.");
      }
      out.write(next);
      line.append((char) next);
    }
    out.write('\n');
    return line.toString().strip();
  }

  private static void pass(InputStream in, OutputStream out, long length) throws IOException {
    long left = length;
    while (left > 0) {
      byte[] piece = in.readNBytes((int) Math.min(left, 16 * 1024));
      if (piece.length == 0) {
        throw new EOFException("The body ends too early.");
      }
      out.write(piece);
      left -= piece.length;
    }
  }

  private String header(String name) {
    return text.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
