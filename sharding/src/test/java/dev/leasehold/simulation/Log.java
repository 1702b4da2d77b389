package dev.leasehold.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Leasehold's log while simulations run: quiet but for errors, which are kept. Outages are what a
 * simulation is made of, but an error would be a listener or a task that threw.
 */
final class Log implements AutoCloseable {

  private final Logger logger;
  private final @Nullable Level before;
  private final Errors errors = new Errors();

  private Log() {
    this.logger = (Logger) LoggerFactory.getLogger("dev.leasehold");
    this.before = logger.getLevel();
    errors.setContext(logger.getLoggerContext());
    errors.start();
    logger.addAppender(errors);
    logger.setLevel(Level.ERROR);
  }

  static Log ofErrorsOnly() {
    return new Log();
  }

  List<String> errors() {
    return errors.kept;
  }

  @Override
  public void close() {
    logger.detachAppender(errors);
    logger.setLevel(before);
  }

  private static final class Errors extends AppenderBase<ILoggingEvent> {

    private final List<String> kept = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      kept.add(event.getFormattedMessage());
    }
  }
}
