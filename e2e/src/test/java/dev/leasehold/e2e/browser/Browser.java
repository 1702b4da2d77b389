package dev.leasehold.e2e.browser;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chromium without a screen, with one window. Not thread-safe. */
public final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final URI address;
  private final String session;

  private Browser(Process driver, int port, Programs programs) {
    this.driver = driver;
    this.address = URI.create("http://127.0.0.1:" + port);
    Map<String, Object> options =
        Map.of(
            "binary",
            programs.chromium().toString(),
            "args",
            // A container's root can't make the sandbox, and only pages of our own are opened.
            List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"));
    Map<?, ?> begun =
        (Map<?, ?>)
            send(
                "POST",
                "/session",
                Map.of(
                    "capabilities",
                    Map.of(
                        "alwaysMatch",
                        Map.of(
                            "goog:chromeOptions",
                            options,
                            "goog:loggingPrefs",
                            Map.of("browser", "ALL")))));
    this.session = "/session/" + begun.get("sessionId");
  }

  /**
   * Starts one.
   *
   * @param folder for what the driver prints
   */
  public static Browser start(Path folder) throws IOException {
    Programs programs = Programs.find();
    Path output = folder.resolve("chromedriver.out");
    Process driver =
        new ProcessBuilder(programs.driver().toString(), "--port=0")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      return new Browser(driver, port(output), programs);
    } catch (RuntimeException | Error failed) {
      end(driver);
      throw failed;
    }
  }

  private static int port(Path output) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Matcher port = PORT.matcher(Files.readString(output));
              return port.find() ? Integer.parseInt(port.group(1)) : 0;
            },
            port -> port > 0);
  }

  /** Opens a page and waits until it is loaded. */
  public void open(URI page) {
    send("POST", session + "/url", Map.of("url", page.toString()));
  }

  /** Runs a script in the page and returns what it returns, as JSON is in Java. */
  public Object run(String script) {
    return send("POST", session + "/execute/sync", Map.of("script", script, "args", List.of()));
  }

  /** The text that an element shows; empty while there is no such element. */
  public String text(String selector) {
    return (String)
        run(
            "return (document.querySelector(\"%s\") || {innerText: ''}).innerText"
                .formatted(selector));
  }

  /** Makes the window as wide and high, in light or dark. */
  public void show(int width, int height, boolean dark) {
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    cdp(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** What the window shows, as a PNG. */
  public byte[] screenshot() {
    return Base64.getDecoder().decode((String) send("GET", session + "/screenshot", Map.of()));
  }

  /** What the page has complained of since it was asked last. */
  public List<?> complaints() {
    return (List<?>) send("POST", session + "/se/log", Map.of("type", "browser"));
  }

  private void cdp(String command, Map<String, Object> parameters) {
    Object unused =
        send("POST", session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
  }

  private Object send(String method, String path, Map<String, ?> body) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(PATIENCE)
            .method(
                method,
                method.equals("POST")
                    ? BodyPublishers.ofString(Serialization.asJson(body))
                    : BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError("%s %s: %s".formatted(method, path, answer.body()));
      }
      Map<?, ?> parsed = Serialization.unmarshal(answer.body(), Map.class);
      Object value = parsed.get("value");
      return value == null ? "" : value;
    } catch (IOException e) {
      throw new AssertionError("The browser's driver doesn't answer.", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      Object unused = send("DELETE", session, Map.of());
    } finally {
      end(driver);
    }
  }

  private static void end(Process driver) {
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly();
  }
}
