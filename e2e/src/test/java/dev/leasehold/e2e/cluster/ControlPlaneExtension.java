package dev.leasehold.e2e.cluster;

import dev.leasehold.samples.cluster.ControlPlane;
import dev.leasehold.samples.cluster.ControlPlaneFinder;
import dev.leasehold.samples.cluster.LocalControlPlane;
import dev.leasehold.samples.cluster.NoControlPlaneException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.JUnitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives constructors and methods of tests the control plane, as a {@link ControlPlane} or, where
 * faults are needed, as a {@link LocalControlPlane}.
 *
 * <p>The first test that asks has it found and started; all classes of the JVM share it, and JUnit
 * closes it after the last.
 */
public final class ControlPlaneExtension implements ParameterResolver {

  private static final Logger log = LoggerFactory.getLogger(ControlPlaneExtension.class);
  private static final Namespace NAMESPACE = Namespace.create(ControlPlaneExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ControlPlane.class || type == LocalControlPlane.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ControlPlane plane =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(Shared.class, key -> Shared.find(), Shared.class)
            .plane();
    Class<?> type = parameter.getParameter().getType();
    if (!type.isInstance(plane)) {
      throw new JUnitException(
          "This test puts servers through faults and so needs a local control plane, but "
              + plane.address()
              + " is another one. Unset LEASEHOLD_KUBECONFIG or name programs by"
              + " KUBEBUILDER_ASSETS.");
    }
    return plane;
  }

  /**
   * What one search found; a failed one is not repeated for each test, it may have taken minutes.
   */
  private record Shared(@Nullable ControlPlane found, @Nullable NoControlPlaneException failure)
      implements AutoCloseable {

    static Shared find() {
      try {
        return new Shared(finder(System.getenv()).find(), null);
      } catch (NoControlPlaneException e) {
        return new Shared(null, e);
      }
    }

    ControlPlane plane() {
      if (failure != null) {
        throw failure;
      }
      return Objects.requireNonNull(found);
    }

    @Override
    public void close() {
      if (found != null) {
        found.close();
      }
    }
  }

  /** The five ways, with K3s at place 4. */
  static ControlPlaneFinder finder(Map<String, String> environment) {
    return ControlPlaneFinder.standard(environment, new K3sWay(environment), log::info);
  }
}
