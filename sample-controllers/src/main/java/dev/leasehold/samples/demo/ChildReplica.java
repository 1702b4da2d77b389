package dev.leasehold.samples.demo;

import dev.leasehold.samples.Main;
import java.io.IOException;

/**
 * What a replica's process of the demo runs: the program itself, tied to the demo's life. The demo
 * holds the other end of its standard input, so that ends with the demo, however it dies; and then
 * so does the replica, at once.
 */
final class ChildReplica {

  private static final int ORPHANED = 3;

  private ChildReplica() {}

  /**
   * Runs a command of the program.
   *
   * @param arguments its command line
   */
  public static void main(String... arguments) {
    Thread watcher = new Thread(ChildReplica::haltWithParent, "demo-parent-watch");
    watcher.setDaemon(true);
    watcher.start();
    Main.main(arguments);
  }

  private static void haltWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes; only the end counts.
      }
    } catch (IOException broken) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
