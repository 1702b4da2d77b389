package dev.leasehold.election;

/** What an election wants done, in this order, by whoever drives it. */
public sealed interface Effect {

  /**
   * Send a write and report its outcome as {@link ElectionEvent.Answered}. Without a base it
   * creates; a release of an own lock deletes the base.
   *
   * @param attempt the write
   */
  record Write(Attempt attempt) implements Effect {}

  /**
   * The term begins: work may start.
   *
   * @param term the term
   */
  record Begin(Term term) implements Effect {}

  /**
   * The term goes on.
   *
   * @param term the same term with its later end
   * @param sentNanos when the request that carries it on was sent
   */
  record Extend(Term term, long sentNanos) implements Effect {}

  /**
   * The term is over: stop all work, then report {@link ElectionEvent.WorkStopped}.
   *
   * @param term the term as it was
   * @param cause why it is over
   */
  record End(Term term, EndCause cause) implements Effect {}

  /**
   * The lock shows another holder than before.
   *
   * @param identity the holder, empty for nobody
   */
  record HolderSeen(String identity) implements Effect {}

  /** The watch seems dead: the store has moved on and nothing of it was seen. List anew. */
  record RefreshFeed() implements Effect {}

  /** The election is over for good; nothing follows. */
  record Finished() implements Effect {}
}
