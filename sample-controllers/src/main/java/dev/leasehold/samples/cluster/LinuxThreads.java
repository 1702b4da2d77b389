package dev.leasehold.samples.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux says of the threads of a process, see proc(5). */
final class LinuxThreads {

  private static final char STOPPED = 'T';

  private LinuxThreads() {}

  /**
   * Whether all threads of a process have been stopped, or have ended. A stop signal is there
   * before it is: a thread that has a processor goes on until it is interrupted.
   *
   * @throws UncheckedIOException if there is no such process, or no Linux
   */
  static boolean areStopped(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.allMatch(LinuxThreads::isStopped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isStopped(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      // Behind the name, which is in brackets and may have others in it.
      return stat.charAt(stat.lastIndexOf(')') + 2) == STOPPED;
    } catch (NoSuchFileException ended) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
