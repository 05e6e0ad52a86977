package fr.opendamir.api.doors;

import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ServedReleases;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The releases as they were, for as many lookups as a test asks for, and from then on as they are:
 * a publication between two lookups of one question, at a place that the test chooses. Passes
 * everything on in all other tests.
 */
@Decorator
@Priority(1)
abstract class StaleReleases implements ReleaseCatalog {
  private static final AtomicInteger LOOKUPS = new AtomicInteger();
  private static volatile List<Release> before = List.of();

  private final ReleaseCatalog current;

  @Inject
  StaleReleases(@Delegate @Any ReleaseCatalog current) {
    this.current = current;
  }

  /** Makes this many lookups see the releases of before; 0 ends it. */
  static void show(List<Release> releases, int lookups) {
    before = List.copyOf(releases);
    LOOKUPS.set(lookups);
  }

  private static boolean isStale() {
    return LOOKUPS.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  @Override
  public Uni<ServedReleases> served() {
    return Uni.createFrom()
        .deferred(() -> isStale() ? Uni.createFrom().item(servedBefore()) : current.served());
  }

  @Override
  public Uni<Optional<Release>> latest() {
    return served().map(ServedReleases::newest);
  }

  @Override
  public Uni<Optional<Release>> find(String id) {
    return Uni.createFrom()
        .deferred(
            () ->
                isStale()
                    ? Uni.createFrom().item(rememberedBefore(Optional.of(id)))
                    : current.find(id));
  }

  @Override
  public Uni<List<Release>> list() {
    return Uni.createFrom()
        .deferred(() -> isStale() ? Uni.createFrom().item(before) : current.list());
  }

  @Override
  public Optional<Release> remembered(Optional<String> id) {
    return isStale() ? rememberedBefore(id) : current.remembered(id);
  }

  @Override
  public Optional<ServedReleases> rememberedServed() {
    return isStale() ? Optional.of(servedBefore()) : current.rememberedServed();
  }

  @Override
  public Optional<List<String>> rememberedIds() {
    return isStale() ? Optional.of(servedBefore().ids()) : current.rememberedIds();
  }

  @Override
  public Uni<Void> refresh() {
    return current.refresh();
  }

  @Override
  public Map<String, String> unreadable() {
    return current.unreadable();
  }

  private static ServedReleases servedBefore() {
    return new ServedReleases(
        before.stream().map(Release::id).toList(), before.stream().findFirst());
  }

  private static Optional<Release> rememberedBefore(Optional<String> id) {
    return before.stream().filter(release -> id.map(release.id()::equals).orElse(true)).findFirst();
  }
}
