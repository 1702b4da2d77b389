package dev.leasehold.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * Loads copies of Leasehold's classes, some methods of which have a deliberate bug woven into them.
 * So the real ones need no switch for it.
 */
final class Weaver extends ClassLoader {

  private static final String OURS = "dev.leasehold.";

  private final List<Weaving> weavings;
  private final ClassFileLocator locator;

  /**
   * A bug in one method.
   *
   * @param type the class's full name
   * @param method the method's name
   * @param advice what is woven into it
   */
  record Weaving(String type, String method, Class<?> advice) {}

  Weaver(List<Weaving> weavings) {
    super(Weaver.class.getClassLoader());
    this.weavings = weavings;
    this.locator = ClassFileLocator.ForClassLoader.of(Weaver.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        byte[] bytes = bytesOf(name);
        loaded = defineClass(name, bytes, 0, bytes.length);
      }
      return loaded;
    }
  }

  private byte[] bytesOf(String name) throws ClassNotFoundException {
    List<Weaving> here = weavings.stream().filter(each -> each.type().equals(name)).toList();
    if (!here.isEmpty()) {
      return woven(name, here);
    }
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private byte[] woven(String name, List<Weaving> here) {
    TypeDescription type = TypePool.Default.of(locator).describe(name).resolve();
    var builder = new ByteBuddy().redefine(type, locator);
    for (Weaving weaving : here) {
      long found = type.getDeclaredMethods().filter(ElementMatchers.named(weaving.method())).size();
      if (found != 1) {
        throw new IllegalStateException(
            "%s has %d methods %s; a planted bug needs exactly one."
                .formatted(name, found, weaving.method()));
      }
      builder =
          builder.visit(Advice.to(weaving.advice()).on(ElementMatchers.named(weaving.method())));
    }
    return builder.make().getBytes();
  }
}
