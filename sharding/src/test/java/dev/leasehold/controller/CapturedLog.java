package dev.leasehold.controller;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class says in its log, from INFO on, until it is closed. Thread-safe. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger logger;
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  private CapturedLog(Logger logger) {
    this.logger = logger;
  }

  static CapturedLog of(Class<?> source) {
    CapturedLog log = new CapturedLog((Logger) LoggerFactory.getLogger(source));
    log.start();
    log.logger.addAppender(log);
    return log;
  }

  /** Each entry as its level, a space and its message, without what was thrown. */
  List<String> lines() {
    return events.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** The messages of what was logged as thrown. */
  List<String> causes() {
    return events.stream()
        .map(ILoggingEvent::getThrowableProxy)
        .filter(Objects::nonNull)
        .map(IThrowableProxy::getMessage)
        .toList();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
      events.add(event);
    }
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
