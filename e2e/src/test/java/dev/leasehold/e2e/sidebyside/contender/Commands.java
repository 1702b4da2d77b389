package dev.leasehold.e2e.sidebyside.contender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Does what standard input says, a line at a time and each in a thread of its own. When the input
 * ends, so does the process, without a farewell: whoever started it is gone.
 */
final class Commands {

  /** What a contender can be told. */
  interface Listener {

    /**
     * Does it.
     *
     * @param command the first word
     * @param subject the other words, empty if there are none
     */
    void told(String command, String subject) throws Exception;
  }

  private Commands() {}

  static void obey(Voice voice, Listener listener) throws IOException {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "contender-command");
              thread.setDaemon(true);
              return thread;
            });
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String[] words = (line + " ").split(" ", 2);
      threads.execute(() -> obey(voice, listener, words[0], words[1].trim()));
    }
    Runtime.getRuntime().halt(0);
  }

  private static void obey(Voice voice, Listener listener, String command, String subject) {
    try {
      switch (command) {
        case "cost" -> voice.say("cost", "now", System.nanoTime(), Cost.now().line());
        case "cpu" -> voice.say("cpu", "now", System.nanoTime(), Long.toString(Cost.cpuNanosNow()));
        default -> listener.told(command, subject);
      }
    } catch (Exception failed) {
      voice.say("failed", command, System.nanoTime(), failed.toString());
      throw new IllegalStateException(failed);
    }
  }
}
