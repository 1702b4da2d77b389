package dev.leasehold.e2e.campaign.network;

import java.time.Duration;

/**
 * What a network does to the connections through it. What it holds back arrives once the weather is
 * better, as a retransmission would; so a write may arrive long after its sender has given it up.
 */
public enum Weather {
  /** It passes everything on. */
  CLEAR,
  /** It passes nothing on and says nothing. */
  CUT,
  /** Requests arrive, but no answer does. */
  ANSWERS_HELD,
  /** Nothing new arrives at the server, which goes on sending. */
  REQUESTS_HELD,
  /** Each piece takes {@link #LAG} longer, each way. */
  SLOW,
  /** Connections are reset, at once and then {@link #LIFE} after they were made. */
  RESETTING,
  /** Answers arrive only within {@link #QUIET} of a request: no watch hears anything. */
  WATCHES_HELD;

  /** How much longer a piece takes. */
  public static final Duration LAG = Duration.ofMillis(250);

  /** How long a connection lives. */
  public static final Duration LIFE = Duration.ofMillis(400);

  /** How long a connection on which nothing was asked can be a request's. */
  public static final Duration QUIET = Duration.ofMillis(700);

  /**
   * Whether a piece has to wait.
   *
   * @param isAnswer whether it comes from the server
   * @param quiet for how long the client has sent nothing on its connection
   * @param waited for how long it has waited already
   */
  boolean holds(boolean isAnswer, Duration quiet, Duration waited) {
    return switch (this) {
      case CLEAR, RESETTING -> false;
      case CUT -> true;
      case ANSWERS_HELD -> isAnswer;
      case REQUESTS_HELD -> !isAnswer;
      case SLOW -> waited.compareTo(LAG) < 0;
      case WATCHES_HELD -> isAnswer && quiet.compareTo(QUIET) > 0;
    };
  }

  /** Whether a connection of some age is to be reset. */
  boolean resets(Duration age) {
    return this == RESETTING && age.compareTo(LIFE) > 0;
  }
}
