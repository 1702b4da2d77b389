package dev.leasehold.samples.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The registry's storage: a file for each name, with the epoch in its first line.
 *
 * <p>A file is replaced as a whole, so a crash leaves the old one or the new one. Thread-safe; one
 * process may use a folder.
 */
final class EntryFolder {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][-a-z0-9]*\\.[a-z0-9][-a-z0-9]*");
  private static final String REMOVED = "removed";
  private static final String PRESENT = "present";

  private final Path folder;

  /** Uses a folder, which exists. */
  EntryFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether a name is one that entries have: {@code namespace.name}. */
  static boolean isName(String name) {
    return name.length() <= 200 && NAME.matcher(name).matches();
  }

  /**
   * Writes an entry, unless a newer epoch has.
   *
   * @return what is known afterwards: the entry itself, or the newer one that refused it
   */
  synchronized Entry write(String name, Entry entry) {
    Entry known = read(name).orElse(entry);
    if (known.isNewerThan(entry.epoch())) {
      return known;
    }
    String state = entry.text().isPresent() ? PRESENT : REMOVED;
    String head = Long.toUnsignedString(entry.epoch()) + " " + state + "\n";
    replace(folder.resolve(name), head + entry.text().orElse(""));
    return entry;
  }

  /** What is known under a name, a removal included. */
  synchronized Optional<Entry> read(String name) {
    try {
      return Optional.of(parse(Files.readString(folder.resolve(name))));
    } catch (NoSuchFileException unknown) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The entry %s can't be read.".formatted(name), unreadable);
    }
  }

  /** All entries by name, without the removed ones. */
  synchronized Map<String, Entry> all() {
    Map<String, Entry> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (isName(name)) {
          read(name).filter(entry -> entry.text().isPresent()).ifPresent(e -> all.put(name, e));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The folder %s can't be read.".formatted(folder), unreadable);
    }
    return all;
  }

  private static Entry parse(String file) {
    int end = file.indexOf('\n');
    String[] head = file.substring(0, end).split(" ", 2);
    Optional<String> text =
        head[1].equals(PRESENT) ? Optional.of(file.substring(end + 1)) : Optional.empty();
    return new Entry(Long.parseUnsignedLong(head[0]), text);
  }

  private void replace(Path file, String content) {
    Path fresh = folder.resolve(file.getFileName() + "~");
    try {
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException full) {
      throw new UncheckedIOException("The entry %s can't be written.".formatted(file), full);
    }
  }
}
