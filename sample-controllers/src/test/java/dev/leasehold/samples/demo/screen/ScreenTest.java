package dev.leasehold.samples.demo.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private static final String UP = "\u001b[1A\u001b[2K";

  private final StringWriter text = new StringWriter();
  private final Screen live = new LiveScreen(new PrintWriter(text));
  private final Screen plain = new PlainScreen(new PrintWriter(text));

  @Test
  void aLiveTableIsRedrawnInPlace() {
    live.show(List.of("a", "b"));
    live.show(List.of("a", "c", "d"));

    assertThat(text).hasToString("a\nb\n" + UP + UP + "a\nc\nd\n");
  }

  @Test
  void aTableThatHasNotChangedIsNotRedrawn() {
    live.show(List.of("a"));
    live.show(List.of("a"));

    assertThat(text).hasToString("a\n");
  }

  @Test
  void linesAppearAboveTheLiveTable() {
    live.show(List.of("a", "b"));
    live.say("moved");

    assertThat(text).hasToString("a\nb\n" + UP + UP + "moved\na\nb\n");
  }

  @Test
  void aSettledTableStays() {
    live.show(List.of("a"));
    live.settle(List.of("z"));
    live.say("next");

    assertThat(text).hasToString("a\n" + UP + "\nz\n\nnext\n");
  }

  @Test
  void aPlainScreenWritesNoControlCharactersAndOnlySettledTables() {
    plain.say("started");
    plain.show(List.of("a", "b"));
    plain.settle(List.of("a", "c"));

    assertThat(text.toString().lines()).containsExactly("started", "", "    a", "    c", "");
    assertThat(plain.paint().replica("replica-1_a", "x") + plain.paint().bad("y")).isEqualTo("xy");
  }

  @Test
  void withoutConsoleOrAgainstTheUsersWishNothingIsRedrawn() {
    assertThat(Terminal.canRedraw(null, Map.of("TERM", "xterm"))).isFalse();
    assertThat(Terminal.allows(Map.of("TERM", "xterm"))).isTrue();
    assertThat(Terminal.allows(Map.of("TERM", "xterm", "NO_COLOR", ""))).isTrue();
    assertThat(Terminal.allows(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.allows(Map.of("TERM", "xterm", "CI", "true"))).isFalse();
    assertThat(Terminal.allows(Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.allows(Map.of())).isFalse();
  }
}
