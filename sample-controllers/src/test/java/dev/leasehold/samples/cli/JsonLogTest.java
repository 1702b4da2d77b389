package dev.leasehold.samples.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The log as JSON, which {@code -Dlogback.configurationFile=logback-json.xml} asks for. */
class JsonLogTest {

  private final LoggerContext context = new LoggerContext();

  @Test
  void aLineIsAnObjectWithItsMessageAndWhatItIsAbout() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(requireNonNull(getClass().getResource("/logback-json.xml")));
    Logger framework = context.getLogger("dev.leasehold.claim.HandOvers");
    assertThat(framework.isInfoEnabled()).isTrue();
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("stderr");
    LoggingEvent event =
        new LoggingEvent("", framework, Level.INFO, "{} changes \"hands\"", null, new Object[] {1});
    event.setMDCPropertyMap(Map.of("epoch", "42"));

    String line = new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);

    assertThat(line.strip().lines()).hasSize(1);
    Map<?, ?> read = new KubernetesSerialization().unmarshal(line, Map.class);
    assertThat(read.get("formattedMessage")).isEqualTo("1 changes \"hands\"");
    assertThat(read.get("level")).isEqualTo("INFO");
    assertThat(read.get("mdc")).isEqualTo(Map.of("epoch", "42"));
  }
}
