package dev.leasehold.e2e.samples;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.leasehold.samples.cli.CauseConverter;
import dev.leasehold.samples.cli.SamplesCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** A command of the jar on a thread of this JVM, with what it says. */
final class InThread implements AutoCloseable {

  private final StringWriter err = new StringWriter();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private final AppenderBase<ILoggingEvent> appender;

  private InThread(List<String> arguments) {
    CauseConverter causes = new CauseConverter();
    appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            log.add(event.getFormattedMessage() + causes.convert(event));
          }
        };
    Logger framework = (Logger) LoggerFactory.getLogger("dev.leasehold");
    causes.setContext(framework.getLoggerContext());
    causes.start();
    appender.setContext(framework.getLoggerContext());
    appender.start();
    framework.addAppender(appender);
    CommandLine command =
        SamplesCommand.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err, true));
    thread = new Thread(() -> command.execute(arguments.toArray(String[]::new)), "command");
    thread.start();
  }

  static InThread start(List<String> arguments) {
    return new InThread(arguments);
  }

  /** What it printed on standard error, and what it logged, a sentence an element. */
  List<String> sentences() {
    List<String> all = new ArrayList<>(log);
    err.toString().lines().forEach(all::add);
    return all;
  }

  /** Interrupts it, so that it hands nothing over. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(30_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    ((Logger) LoggerFactory.getLogger("dev.leasehold")).detachAppender(appender);
    appender.stop();
    if (thread.isAlive()) {
      throw new AssertionError("The command doesn't end: " + sentences());
    }
  }
}
