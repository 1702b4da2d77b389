package dev.leasehold.controller;

import dev.leasehold.bucket.Bucket;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link Controller}, step by step; each step refuses what makes no sense with one
 * sentence. Not thread-safe.
 *
 * @param <R> the resource type that the controller looks after
 */
public final class ControllerBuilder<R extends HasMetadata> extends RunSteps<ControllerBuilder<R>> {

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  final Source<R> source;
  final Set<String> namespaces = new LinkedHashSet<>();
  final List<Secondary<?>> secondaries = new ArrayList<>();
  int buckets = Bucket.MIN_COUNT;
  final List<Observer<R>> observers = new ArrayList<>();
  @Nullable Reconciler<R> cleanup;
  private @Nullable String finalizer;

  ControllerBuilder(Source<R> source) {
    super(source.type().kind().toLowerCase(Locale.ROOT));
    this.source = source;
    this.namespaces.addAll(source.namespaces());
  }

  @Override
  ControllerBuilder<R> self() {
    return this;
  }

  /**
   * Gives the controller a name of its own, for a second controller of one type, say.
   *
   * @param ownName a DNS-1123 label: 1 to 63 of a-z, 0-9 and inner hyphens
   * @throws IllegalArgumentException if it isn't one
   */
  public ControllerBuilder<R> named(String ownName) {
    if (!DNS_LABEL.matcher(ownName).matches()) {
      throw new IllegalArgumentException(
          "Controller name '%s' can't be part of a Lease's name; use 1 to 63 of a-z, 0-9 and '-', a letter or digit first and last."
              .formatted(ownName));
    }
    this.name = ownName;
    return this;
  }

  /**
   * Divides the keys into so many buckets, each of which one replica leads.
   *
   * @param count 1 to 4096; all replicas must agree
   * @throws IllegalArgumentException if it is out of range
   */
  public ControllerBuilder<R> buckets(int count) {
    this.buckets = new Bucket(name, 0, count).count();
    return this;
  }

  /**
   * Looks at the named namespaces only, instead of all.
   *
   * @param first a namespace
   * @param more more namespaces
   * @throws IllegalArgumentException if the type is cluster-scoped, or a name is blank
   */
  public ControllerBuilder<R> namespaces(String first, String... more) {
    if (!source.type().namespaced()) {
      throw new IllegalArgumentException(
          "Controller '%s' can't be limited to namespaces, because %s is cluster-scoped."
              .formatted(name, source.type()));
    }
    namespaces.addAll(
        Source.namesOf(
            "A namespace of controller '%s' is blank; leave namespaces(...) out to look at all."
                .formatted(name),
            first,
            more));
    return this;
  }

  /**
   * Also looks at resources that the controller's own resources own: a change of one is news for
   * the owner that its controller reference names.
   *
   * @param owned their type
   */
  public ControllerBuilder<R> owns(Class<? extends HasMetadata> owned) {
    return owns(Source.of(owned));
  }

  /** The same for some resources of a type, or for a type that has no Java class. */
  public ControllerBuilder<R> owns(Source<? extends HasMetadata> owned) {
    secondaries.add(new Secondary<>(owned, new ControllerOwner(source.type())));
    return this;
  }

  /**
   * Also looks at resources of another type: a change of one is news for the keys that the mapper
   * names. On an update the mapper is asked for the old state and the new one.
   *
   * @param other their type
   * @param keysOf pure, quick and thread-safe. If it throws or returns a null, that is logged and
   *     the change ignored; so is a key in a namespace that the controller doesn't look at. A key
   *     that doesn't exist is reconciled without a resource.
   * @param <S> their type
   */
  public <S extends HasMetadata> ControllerBuilder<R> watches(
      Class<S> other, Function<? super S, ? extends Collection<ResourceKey>> keysOf) {
    return watches(Source.of(other), keysOf);
  }

  /** The same for some resources of a type, or for a type that has no Java class. */
  public <S extends HasMetadata> ControllerBuilder<R> watches(
      Source<S> other, Function<? super S, ? extends Collection<ResourceKey>> keysOf) {
    secondaries.add(new Secondary<>(other, keysOf));
    return this;
  }

  /**
   * Also looks at the controller's resources on every replica, whoever leads them. Called again, it
   * adds another observer: all look at a resource one after the other, in the order of these calls.
   * If one of them throws, the next are called nevertheless, and all again for that key.
   *
   * @param observer called on each replica for each resource and each change
   */
  public ControllerBuilder<R> observer(Observer<R> observer) {
    observers.add(Objects.requireNonNull(observer, "observer"));
    return this;
  }

  /**
   * Does something before a resource goes, under a finalizer named {@code <the type's API
   * group>/<the controller's name>}, or {@code leasehold.dev/<the controller's name>} for types of
   * the core group. See {@link #cleanup(String, Reconciler)}.
   *
   * @param cleanup what is done
   */
  public ControllerBuilder<R> cleanup(Reconciler<R> cleanup) {
    this.cleanup = Objects.requireNonNull(cleanup, "cleanup");
    this.finalizer = null;
    return this;
  }

  /**
   * Does something before a resource goes.
   *
   * <p>The framework adds the finalizer before the reconciler sees a resource for the first time.
   * Once the resource is marked for deletion, the cleanup is called in the reconciler's place, by
   * whichever replica leads by then and until it returns {@link Result#done()}; then the finalizer
   * is removed. It may be called again for what it has done already, so it has to be idempotent.
   *
   * <p>With selectors, what no longer matches them is cleaned up as well, in the same way, and its
   * finalizer removed: to the controller it is a deleted resource, though {@link
   * Request#resource()} isn't marked for deletion then. So controllers that take resources over
   * from one another by their labels need finalizers of their own. What stops matching while no
   * replica runs that has seen it match keeps the finalizer: remove that by hand, or let it match
   * again.
   *
   * <p>This needs the verb {@code patch} on the type. To give a cleanup up, let a controller of the
   * same finalizer return {@code done()} until no resource bears it.
   *
   * @param finalizer a domain, a slash and a name, such as {@code example.com/cdn}; it stays in
   *     resources, so it must outlive renamed controllers
   * @param cleanup what is done; {@link Request#resource()} is never empty
   * @throws IllegalArgumentException if the finalizer is not of that form
   */
  public ControllerBuilder<R> cleanup(String finalizer, Reconciler<R> cleanup) {
    this.cleanup = new Cleanup<>(finalizer, cleanup).reconciler();
    this.finalizer = finalizer;
    return this;
  }

  private void requireOwnersInView(Secondary<?> secondary) {
    if (!(secondary.keysOf() instanceof ControllerOwner) || namespaces.isEmpty()) {
      return;
    }
    Set<String> theirs = secondary.source().namespacesIn(namespaces);
    if (theirs.isEmpty() || !namespaces.containsAll(theirs)) {
      throw new IllegalArgumentException(
          "Controller '%s' can't own %s outside of its own namespaces, because an owner is in the same namespace; use watches(...) and a mapper."
              .formatted(name, secondary.source().type()));
    }
  }

  String finalizerOrDefault() {
    if (finalizer != null) {
      return finalizer;
    }
    String group = source.type().group();
    return (group.isEmpty() ? "leasehold.dev" : group) + "/" + name;
  }

  /**
   * Ends the description.
   *
   * @param reconciler what the controller does
   * @throws IllegalArgumentException if the type's kind is no name for a controller and no other
   *     was given, or if owned resources are looked at where their owners aren't
   */
  public Controller<R> reconciler(Reconciler<R> reconciler) {
    named(name);
    secondaries.forEach(this::requireOwnersInView);
    return new Controller<>(this, Objects.requireNonNull(reconciler, "reconciler"));
  }
}
