package dev.leasehold.samples.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegistryServerTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private RegistryServer server;

  RegistryServerTest(@TempDir Path folder) {
    this.folder = folder;
    this.server = start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatWasWrittenIsReadAndListed() throws Exception {
    assertThat(put("shop.api", "10.0.0.7 80/TCP", "7").statusCode()).isEqualTo(204);
    HttpResponse<String> read = get("/services/shop.api");
    assertThat(read.body()).isEqualTo("10.0.0.7 80/TCP");
    assertThat(read.headers().firstValue(RegistryServer.EPOCH)).contains("7");
    assertThat(get("/services").body()).isEqualTo("shop.api 10.0.0.7 80/TCP\n");
  }

  @Test
  void olderEpochIsRefusedAndToldTheNewerOne() throws Exception {
    put("shop.api", "new", "8");
    HttpResponse<String> late = put("shop.api", "old", "7");
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(late.headers().firstValue(RegistryServer.EPOCH)).contains("8");
    assertThat(get("/services/shop.api").body()).isEqualTo("new");
  }

  @Test
  void epochsAreUnsigned() throws Exception {
    put("shop.api", "new", "9223372036854775808");
    assertThat(put("shop.api", "old", "7").statusCode()).isEqualTo(412);
  }

  @Test
  void sameEpochMayWriteAgain() throws Exception {
    put("shop.api", "first", "8");
    assertThat(put("shop.api", "second", "8").statusCode()).isEqualTo(204);
    assertThat(get("/services/shop.api").body()).isEqualTo("second");
  }

  @Test
  void lateWriteDoesNotBringBackWhatANewerEpochHasRemoved() throws Exception {
    put("shop.api", "old", "7");
    assertThat(delete("shop.api", "8").statusCode()).isEqualTo(204);
    assertThat(put("shop.api", "old", "7").statusCode()).isEqualTo(412);
    assertThat(get("/services/shop.api").statusCode()).isEqualTo(404);
    assertThat(get("/services").body()).isEmpty();
  }

  @Test
  void lateRemovalIsRefused() throws Exception {
    put("shop.api", "new", "8");
    assertThat(delete("shop.api", "7").statusCode()).isEqualTo(412);
  }

  @Test
  void epochsOutliveTheProcess() throws Exception {
    put("shop.api", "new", "8");
    server.close();
    server = start();
    assertThat(put("shop.api", "old", "7").statusCode()).isEqualTo(412);
    assertThat(get("/services/shop.api").body()).isEqualTo("new");
  }

  @Test
  void writeWithoutAnEpochIsRefused() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/services/shop.api")).PUT(BodyPublishers.ofString("x")).build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    assertThat(put("shop.api", "x", "-1").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/services/x", "/services/a/b", "/services/..%2F..%2Fetc.x"})
  void whatIsNoEntryIsNotFound(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  private RegistryServer start() {
    return RegistryServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }

  private HttpResponse<String> put(String name, String text, String epoch) throws Exception {
    return send(write(name, epoch).PUT(BodyPublishers.ofString(text)));
  }

  private HttpResponse<String> delete(String name, String epoch) throws Exception {
    return send(write(name, epoch).DELETE());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  private HttpRequest.Builder write(String name, String epoch) {
    return HttpRequest.newBuilder(uri("/services/" + name)).header(RegistryServer.EPOCH, epoch);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
