package dev.leasehold.samples.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.CloseCause;
import dev.leasehold.controller.ResourceKey;
import dev.leasehold.controller.Run;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import dev.leasehold.queue.Lane;
import dev.leasehold.samples.demo.check.TraceEvent;
import dev.leasehold.samples.demo.check.TraceReader;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {

  private static final Bucket BUCKET = new Bucket("webpage", 3, 8);
  private static final Pattern NANOS = Pattern.compile("\"nanos\":(-?\\d+),");
  private static final Run RUN =
      new Run("a_1", BUCKET, -1L, new ResourceKey("shop", "front"), 1, Lane.LIVE);

  @TempDir Path folder;

  @Test
  void eachEventIsALineWithItsFields() throws Exception {
    Path file = folder.resolve("trace");
    try (Trace trace = Trace.appendTo(file)) {
      trace.joined(new Term());
      trace.promoted(BUCKET, new Term());
      trace.started(RUN);
      trace.ended(RUN, Run.Outcome.DONE, null);
      trace.renewed(Duration.ofMillis(3));
      trace.demoted(BUCKET, new Term(), CloseCause.HAND_OVER);
      trace.left(new Term(), EndCause.RESIGNED);
    }
    String common =
        ",\"identity\":\"a_1\",\"controller\":\"webpage\",\"bucket\":3,\"epoch\":18446744073709551615";
    String thread = ",\"thread\":" + Thread.currentThread().getId();
    String term = ",\"identity\":\"a_1\",\"epoch\":18446744073709551615,\"validUntil\":0";
    assertThat(Files.readAllLines(file))
        .extracting(
            line ->
                line.replaceFirst(",\"nanos\":-?\\d+", "")
                    .replaceFirst("validUntil\":-?\\d+", "validUntil\":0"))
        .containsExactly(
            "{\"event\":\"joined\"" + term + "}",
            "{\"event\":\"promoted\"" + common + "}",
            "{\"event\":\"start\"" + common + ",\"key\":\"shop/front\"" + thread + "}",
            "{\"event\":\"end\""
                + common
                + ",\"key\":\"shop/front\""
                + thread
                + ",\"outcome\":\"done\"}",
            "{\"event\":\"renewed\"" + term + "}",
            "{\"event\":\"demoted\"" + common + ",\"cause\":\"hand_over\"}",
            "{\"event\":\"left\"" + term + ",\"cause\":\"resigned\"}");
  }

  @Test
  void aKeyIsAsItsTextHasItHoweverLong() throws Exception {
    Path file = folder.resolve("trace");
    List<ResourceKey> keys =
        List.of(
            new ResourceKey("", "node-1"),
            new ResourceKey("n".repeat(253), "\u00e4\"".repeat(126)),
            new ResourceKey("n".repeat(253), "m".repeat(254)));
    try (Trace trace = Trace.appendTo(file)) {
      keys.forEach(key -> trace.started(new Run("a_1", BUCKET, 7, key, 1, Lane.LIVE)));
    }

    assertThat(TraceReader.read(Files.readString(file)))
        .extracting(TraceEvent::key)
        .containsExactlyElementsOf(keys.stream().map(ResourceKey::toString).toList());
  }

  @Test
  void aLineThatCannotBeEndedIsLeftOutAndTheNextOneIsWhole() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    LineWriter line = new LineWriter(file);
    line.begin("start", 1, "a_1");
    // There it fails, for want of memory.
    line.begin("end", 2, "a_1");
    line.end();
    assertThat(file.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"event\":\"end\",\"nanos\":2,\"identity\":\"a_1\"}\n");
  }

  /** So a process whose heap is full still tells what it runs. */
  @Test
  void theLinesOfAReconcileNeedNoMemory() throws Exception {
    Run run = new Run("a_1", BUCKET, 7, new ResourceKey("shop", "front"), 1, Lane.LIVE);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Trace trace = Trace.appendTo(folder.resolve("trace"))) {
      trace.started(run);
      trace.ended(run, Run.Outcome.FAILED, null);
      threads.getCurrentThreadAllocatedBytes();
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        trace.started(run);
        trace.ended(run, Run.Outcome.FAILED, null);
      }
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
    }
  }

  @Test
  void theEndOfATermIsWhatItHasLeftFromNow() throws Exception {
    Path file = folder.resolve("trace");
    long before = System.nanoTime();
    try (Trace trace = Trace.appendTo(file)) {
      trace.joined(new Term(Duration.ofSeconds(2)));
    }
    long after = System.nanoTime();

    assertThat(TraceReader.marks(Files.readString(file)))
        .singleElement()
        .extracting(mark -> mark.validUntilNanos() - 2_000_000_000L)
        .satisfies(read -> assertThat(read).isBetween(before, after));
  }

  @Test
  void linesAreInTheOrderOfTheirTimesHoweverManyThreadsWrite() throws Exception {
    Path file = folder.resolve("trace");
    try (Trace trace = Trace.appendTo(file)) {
      IntStream.range(0, 1000).parallel().forEach(each -> trace.started(RUN));
    }
    List<Long> nanos = Files.readAllLines(file).stream().map(TraceTest::nanosOf).toList();
    assertThat(nanos).hasSize(1000).isSorted();
  }

  @Test
  void fileIsContinuedByTheNextProcess() throws Exception {
    Path file = folder.resolve("trace");
    for (int process = 0; process < 2; process++) {
      try (Trace trace = Trace.appendTo(file)) {
        trace.started(RUN);
      }
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void interruptedThreadWritesItsLineAndHarmsNoOther() throws Exception {
    Path file = folder.resolve("trace");
    try (Trace trace = Trace.appendTo(file)) {
      Thread.currentThread().interrupt();
      trace.ended(RUN, Run.Outcome.LOST, null);
      assertThat(Thread.interrupted()).isTrue();
      trace.started(RUN);
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  private static long nanosOf(String line) {
    Matcher nanos = NANOS.matcher(line);
    assertThat(nanos.find()).isTrue();
    return Long.parseLong(nanos.group(1));
  }

  private record Term(Duration remaining) implements TermView {

    Term() {
      this(Duration.ZERO);
    }

    @Override
    public String identity() {
      return "a_1";
    }

    @Override
    public long epoch() {
      return -1L;
    }

    @Override
    public boolean isValid() {
      return true;
    }
  }
}
