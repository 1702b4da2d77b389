package dev.leasehold.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What is said in the log, until it is closed. Thread-safe. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger logger;
  private final @Nullable Level usual;
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  private CapturedLog(Logger logger) {
    this.logger = logger;
    this.usual = logger.getLevel();
  }

  /** What a class says, from INFO on. */
  public static CapturedLog of(Class<?> source) {
    return of(source.getName(), Level.INFO);
  }

  /** What a logger and those below it say, from a level on. */
  public static CapturedLog of(String logger, Level from) {
    CapturedLog log = new CapturedLog((Logger) LoggerFactory.getLogger(logger));
    log.start();
    log.logger.setLevel(from);
    log.logger.addAppender(log);
    return log;
  }

  /** Each entry as it was logged. */
  public List<ILoggingEvent> events() {
    return List.copyOf(events);
  }

  /** Each entry's message alone. */
  public List<String> messages() {
    return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** Each entry as its level, a space and its message, without what was thrown. */
  public List<String> lines() {
    return events.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** The messages of what was logged as thrown. */
  public List<String> causes() {
    return events.stream()
        .map(ILoggingEvent::getThrowableProxy)
        .filter(Objects::nonNull)
        .map(IThrowableProxy::getMessage)
        .toList();
  }

  /** Forgets what was said so far. */
  public void forget() {
    events.clear();
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(usual);
    stop();
  }
}
