package dev.leasehold.e2e.campaign.network;

import java.time.Duration;

/**
 * What a network does to the connections through it. What it holds back arrives once the weather is
 * better, as a retransmission would; so a write may arrive long after its sender has given it up.
 * Only what it drops never does.
 */
public enum Weather {
  /** It passes everything on. */
  CLEAR,
  /** It passes nothing on and says nothing. */
  CUT,
  /**
   * It passes nothing on and says nothing, and what was sent never arrives: a connection that had
   * anything to pass on is dead once the weather is better.
   */
  DROPPED,
  /** Requests arrive, but no answer does. */
  ANSWERS_HELD,
  /** Nothing new arrives at the server, which goes on sending. */
  REQUESTS_HELD,
  /** Each piece takes {@link #LAG} longer, each way. */
  SLOW,
  /** Connections are reset, at once and then {@link #LIFE} after they were made. */
  RESETTING,
  /** Answers arrive only within {@link #QUIET} of a request: no watch hears anything. */
  WATCHES_HELD,
  /** All connections together get no more than {@link #BYTES_PER_SECOND}, each way. */
  THROTTLED;

  /** How much longer a piece takes. */
  public static final Duration LAG = Duration.ofMillis(250);

  /** How long a connection lives. */
  public static final Duration LIFE = Duration.ofMillis(400);

  /** How long a connection on which nothing was asked can be a request's. */
  public static final Duration QUIET = Duration.ofMillis(700);

  /** Less than what a replica's watches hear under the campaign's load. */
  public static final int BYTES_PER_SECOND = 16 * 1024;

  /** How long the line is taken by a piece, which the next one of its direction waits for. */
  Duration onTheLine(int bytes) {
    return this == THROTTLED
        ? Duration.ofNanos(1_000_000_000L * bytes / BYTES_PER_SECOND)
        : Duration.ZERO;
  }

  /**
   * Whether a piece has to wait for better weather.
   *
   * @param isAnswer whether it comes from the server
   * @param quiet for how long the client has sent nothing on its connection
   * @param waited for how long it has waited already
   */
  boolean holds(boolean isAnswer, Duration quiet, Duration waited) {
    return switch (this) {
      case CLEAR, RESETTING, THROTTLED -> false;
      case CUT, DROPPED -> true;
      case ANSWERS_HELD -> isAnswer;
      case REQUESTS_HELD -> !isAnswer;
      case SLOW -> waited.compareTo(LAG) < 0;
      case WATCHES_HELD -> isAnswer && quiet.compareTo(QUIET) > 0;
    };
  }

  /** Whether what it holds never arrives. */
  boolean drops() {
    return this == DROPPED;
  }

  /** Whether a connection of some age is to be reset. */
  boolean resets(Duration age) {
    return this == RESETTING && age.compareTo(LIFE) > 0;
  }
}
