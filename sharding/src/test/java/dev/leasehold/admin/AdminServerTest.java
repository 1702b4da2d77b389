package dev.leasehold.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP port with the live page, as a browser and as an attacker would use it. */
@Timeout(60)
final class AdminServerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration PERIOD = Duration.ofMillis(300);

  private final AtomicInteger asked = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Socket> sockets = new ArrayList<>();
  private volatile Supplier<List<Event>> source =
      () -> List.of(new Event("status", "{}"), new Event("count", "" + asked.get()));
  private final AdminServer server = start();

  private AdminServer start() {
    Health well = new Health(List.of());
    ShardsPage none =
        new ShardsPage("", new ShardsPage.MemberPart(false, 0, BigInteger.ZERO), List.of());
    AdminServer started =
        AdminServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            () -> well,
            () -> well,
            () -> none);
    started.live(
        () -> {
          asked.incrementAndGet();
          return source.get();
        },
        PERIOD);
    return started;
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8, live/page.js",
    "/live/style.css, text/css; charset=utf-8, prefers-color-scheme: dark",
    "/live/page.js, text/javascript; charset=utf-8, EventSource"
  })
  void filesOfThePageAreServedUnderAStrictPolicy(String path, String type, String part)
      throws Exception {
    HttpResponse<String> answer = send("GET", path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe", "http:", "https:", "*");
    assertThat(answer.body()).contains(part);
  }

  @Test
  void pageNeedsNothingFromOutsideAndItsScriptWritesNoMarkup() {
    for (LivePage page : List.of(LivePage.INDEX, LivePage.STYLE, LivePage.SCRIPT)) {
      assertThat(page.text())
          .doesNotContainPattern(
              Pattern.compile("https?://|@import|url\\(|<script>| style=| on\\w+="))
          .doesNotContain(
              "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/live/page.js", "/live/events", "/livez", "/shards"})
  void nothingCanBeWritten(String path) throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      HttpResponse<String> answer = send(method, path);
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }
    assertThat(send("HEAD", path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/live/", "/live/events/x", "/live/../secret", "/index.html"})
  void otherPathsAreNotFound(String path) throws Exception {
    assertThat(send("GET", path).statusCode()).isEqualTo(404);
  }

  @Test
  void streamSendsWhatHasChangedAndAHeartbeatWhenNothingHas() throws Exception {
    BufferedReader lines = stream();
    assertThat(readUntil(lines, "event: count")).isTrue();
    assertThat(lines.readLine()).isEqualTo("data: 1");
    assertThat(readUntil(lines, "data: 2")).isTrue();
    source = () -> List.of(new Event("status", "{}"));
    assertThat(readUntil(lines, ":")).isTrue();
  }

  @Test
  void sourceIsAskedOnceForAllStreamsAndNotAtAllWithoutOne() throws Exception {
    assertThat(asked).hasValue(0);
    BufferedReader one = stream();
    BufferedReader other = stream();
    assertThat(readUntil(one, "data: 3")).isTrue();
    assertThat(readUntil(other, "data: 3")).isTrue();
    // Each stream by itself would have asked three times.
    assertThat(asked.get()).isBetween(3, 4);
    for (Socket socket : sockets) {
      socket.close();
    }
    await().atMost(PATIENCE).until(() -> threads("leasehold-live").isEmpty());
    int before = asked.get();
    assertThat(send("GET", "/").statusCode()).isEqualTo(200);
    assertThat(asked).hasValue(before);
  }

  @Test
  void openStreamsAreLimitedAndKeepNobodyElseFromAnAnswer() throws Exception {
    for (int i = 0; i < EventStreams.MOST; i++) {
      assertThat(readUntil(stream(), "event: status")).isTrue();
    }
    HttpResponse<String> refused = send("GET", "/live/events");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body())
        .isEqualTo("16 windows show this page already: close one, or look at another replica.\n");
    assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
    sockets.get(0).close();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(readUntil(stream(), "event: status")).isTrue());
  }

  @Test
  void sourceThatFailsOrHangsSilencesNoProbe() throws Exception {
    source =
        () -> {
          throw new IllegalStateException("planted");
        };
    BufferedReader lines = stream();
    assertThat(readUntil(lines, ":")).isTrue();
    source = () -> List.of(new Event("status", "\"again\""));
    assertThat(readUntil(lines, "data: \"again\"")).isTrue();
    assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void requestsThatNeverComeWholeSilenceNoProbe() throws Exception {
    for (int i = 0; i < 20; i++) {
      connect("GET /livez HTTP/1.1\r\nHo");
    }
    assertThat(send("GET", "/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void closingEndsTheStreams() throws Exception {
    BufferedReader lines = stream();
    assertThat(readUntil(lines, "event: status")).isTrue();
    server.close();
    assertThat(readUntil(lines, "never")).isFalse();
    await().atMost(PATIENCE).until(() -> threads("leasehold-live").isEmpty());
  }

  @Test
  void eventThatWouldBeTwoIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Event("status", "one\n\nevent: other"));
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    return http.send(
        HttpRequest.newBuilder(uri)
            .method(method, BodyPublishers.noBody())
            .timeout(PATIENCE)
            .build(),
        BodyHandlers.ofString());
  }

  /** The lines of a new stream, chunk sizes among them, behind its headers. */
  private BufferedReader stream() throws IOException {
    Socket socket = connect("GET /live/events HTTP/1.1\r\nHost: x\r\n\r\n");
    socket.setSoTimeout((int) PATIENCE.toMillis());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    assertThat(line).isEqualTo("HTTP/1.1 200 OK");
    while (line != null && !line.isEmpty()) {
      line = lines.readLine();
    }
    return lines;
  }

  private Socket connect(String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    sockets.add(socket);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static boolean readUntil(BufferedReader lines, String wanted) throws IOException {
    try {
      String line = lines.readLine();
      while (line != null && !line.equals(wanted)) {
        line = lines.readLine();
      }
      return line != null;
    } catch (SocketException reset) {
      return false;
    }
  }

  private static List<Thread> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .toList();
  }
}
