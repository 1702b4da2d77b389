package dev.leasehold.e2e.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.peers.Clash.Span;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClashTest {

  private static final Span WINDOW = new Span(100, 200);

  @Test
  void whatBothDidAtOnceIsAddedUpWithinTheWindow() {
    Clash clash =
        Clash.of(
            List.of(new Span(50, 110), new Span(150, 170)), List.of(new Span(90, 160)), WINDOW);

    assertThat(clash.overlap()).isEqualTo(Duration.ofNanos(10 + 10));
    assertThat(clash.lasting()).isFalse();
  }

  @Test
  void anOverlapUpToTheEndOfTheWindowMayHaveLastedLonger() {
    Clash clash = Clash.of(List.of(new Span(150, 900)), List.of(new Span(190, 900)), WINDOW);

    assertThat(clash.overlap()).isEqualTo(Duration.ofNanos(10));
    assertThat(clash.lasting()).isTrue();
  }

  @Test
  void theLongestTimeInWhichNobodyWorkedCountsAtTheEndsOfTheWindowToo() {
    List<Span> none = List.of();

    assertThat(Clash.of(List.of(new Span(50, 130), new Span(145, 190)), none, WINDOW).idle())
        .isEqualTo(Duration.ofNanos(15));
    assertThat(Clash.of(List.of(new Span(50, 130)), none, WINDOW).idle())
        .isEqualTo(Duration.ofNanos(70));
    assertThat(Clash.of(List.of(new Span(140, 300)), none, WINDOW).idle())
        .isEqualTo(Duration.ofNanos(40));
    assertThat(Clash.of(none, none, WINDOW))
        .isEqualTo(new Clash(Duration.ZERO, false, Duration.ofNanos(100), true));
  }

  @Test
  void whoNeverTakesOverIsAsWrongAsWhoWorksBesideAnother() {
    List<Span> first = List.of(new Span(50, 130));
    Duration few = Duration.ofNanos(5);
    Duration some = Duration.ofNanos(20);

    assertThat(Clash.of(first, List.of(new Span(150, 900)), WINDOW).isWithin(few, some)).isTrue();
    assertThat(Clash.of(first, List.of(new Span(125, 900)), WINDOW).isWithin(few, some)).isTrue();
    assertThat(Clash.of(first, List.of(new Span(124, 900)), WINDOW).isWithin(few, some)).isFalse();
    assertThat(Clash.of(first, List.of(new Span(151, 900)), WINDOW).isWithin(few, some)).isFalse();
    assertThat(Clash.of(first, List.of(), WINDOW).isWithin(few, some)).isFalse();
  }

  @Test
  void aProcessThatStandsStillDoesNotWork() {
    assertThat(new Span(100, 200).without(new Span(120, 150)))
        .containsExactly(new Span(100, 120), new Span(150, 200));
    assertThat(new Span(100, 200).without(new Span(0, 300))).isEmpty();
    assertThat(new Span(100, 200).without(new Span(0, 50))).containsExactly(new Span(100, 200));
  }
}
