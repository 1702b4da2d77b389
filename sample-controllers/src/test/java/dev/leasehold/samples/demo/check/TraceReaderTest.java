package dev.leasehold.samples.demo.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.claim.CloseCause;
import org.junit.jupiter.api.Test;

class TraceReaderTest {

  private static final String START =
      """
      {"event":"start","nanos":12,"identity":"a_1","controller":"webpage","bucket":3,"epoch":18446744073709551615,"key":"default/p","thread":31}
      """;
  private static final String PROMOTED =
      """
      {"event":"promoted","nanos":10,"identity":"a_1","controller":"webpage","bucket":3,"epoch":7}
      """;

  @Test
  void linesAreRead() {
    assertThat(TraceReader.read(PROMOTED + "\n" + START))
        .containsExactly(
            new TraceEvent(
                TraceEvent.Kind.PROMOTED,
                10,
                "a_1",
                new BucketId("webpage", 3),
                7,
                null,
                TraceEvent.NO_THREAD,
                null),
            new TraceEvent(
                TraceEvent.Kind.START,
                12,
                "a_1",
                new BucketId("webpage", 3),
                -1,
                "default/p",
                31,
                null));
  }

  @Test
  void anOlderVersionDoesNotTellTheThread() {
    assertThat(TraceReader.read(START.replace(",\"thread\":31", "")))
        .extracting(TraceEvent::thread)
        .containsExactly(TraceEvent.NO_THREAD);
  }

  @Test
  void aLastLineThatWasCutOffIsLeftOut() {
    assertThat(TraceReader.read(PROMOTED + START.substring(0, 40))).hasSize(1);
    assertThat(TraceReader.read(START.strip())).isEmpty();
    assertThat(TraceReader.read("")).isEmpty();
  }

  @Test
  void eventsThatNoCheckNeedsAreSkipped() {
    assertThat(TraceReader.read("{\"event\":\"joined\",\"nanos\":1}\n" + PROMOTED)).hasSize(1);
  }

  @Test
  void theCauseOfADemotionIsReadIfItIsKnownHere() {
    String demoted = PROMOTED.replace("promoted", "demoted").replace("}", ",\"cause\":\"%s\"}");

    assertThat(TraceReader.read(demoted.formatted("hand_over") + demoted.formatted("whim")))
        .extracting(TraceEvent::cause)
        .containsExactly(CloseCause.HAND_OVER, null);
  }

  @Test
  void theEndsOfTermsAreReadIfTheTraceTellsThem() {
    String joined =
        """
        {"event":"joined","nanos":1,"identity":"a_1","epoch":"5","validUntil":2001}
        """;
    String renewed = joined.replace("joined", "renewed").replace("\"nanos\":1", "\"nanos\":3");
    String left = joined.replace("joined", "left");

    assertThat(TraceReader.marks(joined + PROMOTED + renewed + left))
        .containsExactly(new TermMark(1, "a_1", 2001), new TermMark(3, "a_1", 2001));
    assertThat(TraceReader.marks(PROMOTED + START)).isEmpty();
  }

  @Test
  void aLineThatMakesNoSenseIsShown() {
    assertThatThrownBy(() -> TraceReader.read("{\"event\n" + PROMOTED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{\"event");
    assertThatThrownBy(() -> TraceReader.read(PROMOTED.replace("\"epoch\":7", "\"epoch\":-7")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TraceReader.read(START.replace("\"key\"", "\"kee\"")))
        .hasMessageContaining("lacks its key");
    assertThatThrownBy(() -> TraceReader.read(START.replace("\"nanos\"", "\"n\"")))
        .hasMessageContaining("lacks 'nanos'");
  }
}
