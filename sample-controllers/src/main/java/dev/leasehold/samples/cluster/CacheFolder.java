package dev.leasehold.samples.cluster;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where programs that were built once are kept for this user.
 *
 * @param path {@code <cache>/leasehold/control-plane/<version>}; it may not exist yet
 */
record CacheFolder(Path path) {

  /** The build that this code expects; the build script carries the same. */
  static final String VERSION = "1.20.2-1";

  static CacheFolder of(Map<String, String> environment) {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
    Path base = cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache);
    return new CacheFolder(
        base.resolve("leasehold").resolve("control-plane").resolve(VERSION).toAbsolutePath());
  }

  Path programs() {
    return path.resolve("bin");
  }
}
