package dev.leasehold.e2e.campaign.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

  private static final int SOON_MILLIS = 20_000;
  private static final int A_WHILE_MILLIS = 100;

  private ServerSocket listener;
  private TcpProxy proxy;
  private Socket client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    listener = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
    proxy = new TcpProxy(listener.getLocalPort());
    client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    server = listener.accept();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    proxy.close();
    listener.close();
  }

  @Test
  void inClearWeatherBothSidesHearEachOther() throws IOException {
    assertThat(isHeard(client, server)).isTrue();
    assertThat(isHeard(server, client)).isTrue();
  }

  @Test
  void whatWasHeldByACutArrivesAfterIt() throws IOException {
    proxy.weather(Weather.CUT);
    assertThat(isHeard(client, server)).isFalse();

    proxy.weather(Weather.CLEAR);

    server.setSoTimeout(SOON_MILLIS);
    assertThat(server.getInputStream().read()).isEqualTo('x');
  }

  @Test
  void whatWasDroppedNeverArrivesAndItsConnectionIsDeadAfterwards() throws IOException {
    proxy.weather(Weather.DROPPED);
    assertThat(isHeard(client, server)).isFalse();

    proxy.weather(Weather.CLEAR);

    server.setSoTimeout(SOON_MILLIS);
    assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  @Test
  void oneDirectionAloneCanBeHeld() throws IOException {
    proxy.weather(Weather.ANSWERS_HELD);
    assertThat(isHeard(client, server)).isTrue();
    assertThat(isHeard(server, client)).isFalse();

    proxy.weather(Weather.REQUESTS_HELD);
    client.setSoTimeout(SOON_MILLIS);
    assertThat(client.getInputStream().read()).isEqualTo('x');
    assertThat(isHeard(client, server)).isFalse();
  }

  @Test
  void aWatchIsHeldAndAnAnswerIsNot() throws IOException {
    proxy.weather(Weather.WATCHES_HELD);
    assertThat(isHeard(client, server)).isTrue();
    assertThat(isHeard(server, client)).as("right after a request").isTrue();

    await()
        .atMost(Duration.ofMillis(SOON_MILLIS))
        .untilAsserted(() -> assertThat(isHeard(server, client)).isFalse());
  }

  @Test
  void connectionsAreReset() throws IOException {
    // The proxy knows a connection through which something has come.
    assertThat(isHeard(client, server)).isTrue();
    proxy.weather(Weather.RESETTING);

    client.setSoTimeout(SOON_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  @Test
  void aPieceIsSlowAndNotLost() throws IOException {
    proxy.weather(Weather.SLOW);
    long sent = System.nanoTime();

    client.getOutputStream().write('x');

    server.setSoTimeout(SOON_MILLIS);
    assertThat(server.getInputStream().read()).isEqualTo('x');
    assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(Weather.LAG);
  }

  @Test
  void aThrottledLineIsSharedByItsConnectionsAndFreeAgainAfterwards() throws IOException {
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        Socket otherServer = listener.accept()) {
      proxy.weather(Weather.THROTTLED);
      long sent = System.nanoTime();

      client.getOutputStream().write(new byte[Weather.BYTES_PER_SECOND / 4]);
      other.getOutputStream().write(new byte[Weather.BYTES_PER_SECOND / 4]);

      for (Socket end : List.of(server, otherServer)) {
        end.setSoTimeout(SOON_MILLIS);
        assertThat(end.getInputStream().readNBytes(Weather.BYTES_PER_SECOND / 4)).isNotEmpty();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - sent))
          .isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    client.getOutputStream().write(new byte[10 * Weather.BYTES_PER_SECOND]);
    proxy.weather(Weather.CLEAR);
    assertThat(server.getInputStream().readNBytes(10 * Weather.BYTES_PER_SECOND)).isNotEmpty();
  }

  private static boolean isHeard(Socket from, Socket to) throws IOException {
    from.getOutputStream().write('x');
    to.setSoTimeout(A_WHILE_MILLIS);
    try {
      return to.getInputStream().read() == 'x';
    } catch (SocketTimeoutException silence) {
      return false;
    }
  }
}
