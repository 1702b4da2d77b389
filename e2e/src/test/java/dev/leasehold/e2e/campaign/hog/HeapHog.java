package dev.leasehold.e2e.campaign.hog;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java agent that fills its JVM's heap for as long as a file exists, and lets all go when it
 * doesn't. It needs no other class, so its jar holds nothing else.
 */
public final class HeapHog implements Runnable {

  private static final int LARGEST = 1 << 20;
  private static final int SMALLEST = 1 << 10;
  private static final int MOST = 1 << 18;
  private static final long LOOK_MILLIS = 50;

  private final File flag;
  private final List<byte[]> held = new ArrayList<>(MOST);

  private HeapHog(File flag) {
    this.flag = flag;
  }

  /**
   * Called by the JVM before {@code main}.
   *
   * @param flag the file's name
   */
  public static void premain(String flag) {
    Thread thread = new Thread(new HeapHog(new File(flag)), "heap-hog");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      while (true) {
        if (flag.exists()) {
          fill();
        } else {
          held.clear();
        }
        // Who lets go of memory is filled up again; and a watch of the file would need some itself.
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill() {
    int size = LARGEST;
    while (size >= SMALLEST && held.size() < MOST && flag.exists()) {
      try {
        held.add(new byte[size]);
      } catch (OutOfMemoryError full) {
        size /= 4;
      }
    }
  }
}
