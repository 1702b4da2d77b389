package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the test's own thread. */
final class StartTest {

  private final Start start = new Start();

  @AfterEach
  void calm() {
    Thread.interrupted();
  }

  @Test
  void whileItLastsItIsBrokenOffByAnInterrupt() {
    start.breakOff();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void anInterruptThatComesWhileItEndsDoesNotOutliveIt() {
    start.breakOff();
    start.end();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void onceItIsOverNothingInterruptsItsThread() {
    start.end();
    start.breakOff();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptOfSomebodyElseStays() {
    Thread.currentThread().interrupt();
    start.end();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }
}
