package dev.leasehold.samples.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One server of a local control plane, and the faults that it can be put through.
 *
 * <p>Each start runs the same command: same port, same data, same certificate, so clients see a
 * restart as a pause. The log is appended to. The server has a session of its own, so a Ctrl-C in
 * the terminal ends it no sooner than its control plane is closed.
 *
 * <p>Thread-safe; of two faults at the same time, either may come first. Methods that wait say for
 * how long.
 */
public final class ServerProcess {

  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Duration DEAD_WITHIN = Duration.ofSeconds(10);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 50;

  /** Writes its pid before it becomes the server, so that there is no server without a file. */
  private static final String LAUNCH = "echo $$ >\"$0\" && exec \"$@\"";

  private final String name;
  private final List<String> command;
  private final Path log;
  private final BooleanSupplier ready;

  @GuardedBy("this") private @Nullable Process process;

  @GuardedBy("this") private boolean closed;

  ServerProcess(String name, List<String> command, DataFolder folder, BooleanSupplier ready) {
    this.name = name;
    this.log = folder.file(name + ".log");
    this.ready = ready;
    List<String> launch = new ArrayList<>(List.of("setsid", "sh", "-c", LAUNCH));
    launch.add(folder.file(name + ".pid").toString());
    launch.addAll(command);
    this.command = List.copyOf(launch);
  }

  /** What runs: {@code kube-apiserver} or {@code etcd}. */
  public String name() {
    return name;
  }

  /** The file that the server's output goes to, over all starts. */
  public Path log() {
    return log;
  }

  /** Whether the process exists; a paused one does. */
  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** The id of the process, or of the last one. */
  public synchronized long pid() {
    return running().pid();
  }

  /**
   * Starts the server, unless it is alive, and waits until it is ready, for at most 90 seconds.
   *
   * @throws ControlPlaneFault if it ends or doesn't become ready; the message holds the log's end
   */
  public void start() {
    Process started = spawn();
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    try {
      while (!ready.getAsBoolean()) {
        if (started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw fault("ended with status " + started.exitValue() + " before it was ready");
        }
        if (System.nanoTime() - deadline > 0) {
          throw fault("was not ready after " + READY_WITHIN.toSeconds() + " s");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlPlaneFault("The wait for " + name + " was interrupted.", e);
    }
  }

  /**
   * SIGKILL: the server ends at once, without a farewell. Waits until it has, 10 seconds at most.
   */
  public void kill() {
    Process killed;
    synchronized (this) {
      killed = running();
    }
    killed.destroyForcibly();
    try {
      if (!killed.waitFor(DEAD_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw fault("is still there " + DEAD_WITHIN.toSeconds() + " s after SIGKILL");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlPlaneFault("The wait for the end of " + name + " was interrupted.", e);
    }
  }

  /** {@link #kill()} and {@link #start()}. */
  public void restart() {
    kill();
    start();
  }

  /**
   * SIGSTOP: the server stands still, its connections stay open and nothing answers. Waits until
   * all of its threads have stopped, 10 seconds at most.
   */
  public void pause() {
    Process paused = running();
    signal("STOP");
    long deadline = System.nanoTime() + STOPPED_WITHIN.toNanos();
    try {
      while (paused.isAlive() && !LinuxThreads.areStopped(paused.pid())) {
        if (System.nanoTime() - deadline > 0) {
          throw fault("still runs " + STOPPED_WITHIN.toSeconds() + " s after SIGSTOP");
        }
        // Java is told when a process ends, and not when it is stopped.
        var unused = paused.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlPlaneFault("The wait for " + name + " to stop was interrupted.", e);
    }
  }

  /** SIGCONT: a paused server goes on as if nothing had been. */
  public void resume() {
    signal("CONT");
  }

  /** Kills the server and lets nobody start it again. */
  void close() {
    synchronized (this) {
      closed = true;
      if (process == null) {
        return;
      }
    }
    kill();
  }

  private synchronized Process spawn() {
    if (closed) {
      throw new ControlPlaneFault("The control plane of this " + name + " is closed.");
    }
    if (process != null && process.isAlive()) {
      return process;
    }
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      process = started;
      return started;
    } catch (IOException e) {
      throw new ControlPlaneFault(
          "No process can be started for " + name + "; setsid and sh are needed: " + e, e);
    }
  }

  private void signal(String signal) {
    String pid = Long.toString(pid());
    try {
      Process kill = new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", signal, pid).start();
      if (kill.waitFor() != 0) {
        throw new ControlPlaneFault(
            "The " + name + " is not running, so SIG" + signal + " failed.");
      }
    } catch (IOException e) {
      throw new ControlPlaneFault("No shell can be started: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlPlaneFault("The signal to " + name + " was interrupted.", e);
    }
  }

  private synchronized Process running() {
    if (process == null) {
      throw new ControlPlaneFault("The " + name + " was never started.");
    }
    return process;
  }

  private ControlPlaneFault fault(String what) {
    return new ControlPlaneFault(
        name + " " + what + "; its log ends with:\n" + DataFolder.lastLines(log));
  }
}
