package fr.opendamir.api.files;

import fr.opendamir.access.Caller;
import fr.opendamir.access.OverloadedException;
import fr.opendamir.access.TooManyAtOnceException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Files that are being sent, in all and by caller. */
@ApplicationScoped
class FilePlaces {
  /** Seconds after which another file has probably been sent. */
  private static final long RETRY_SECONDS = 5;

  private final int most;
  private final int mostOfCaller;
  private final Map<String, Integer> taken = new HashMap<>();
  private int inAll;

  FilePlaces(FilesConfig config) {
    this.most = config.places();
    this.mostOfCaller = config.placesOfCaller();
    if (mostOfCaller < 1 || most < mostOfCaller) {
      throw new IllegalArgumentException(
          "opendamir.files.places-of-caller must be 1 or more, and opendamir.files.places not less");
    }
  }

  /**
   * Takes a place.
   *
   * @return gives it back
   * @throws TooManyAtOnceException if the caller has all that it may have
   * @throws OverloadedException if none is free
   */
  synchronized Runnable take(Optional<Caller> caller) {
    String bucket = caller.map(Caller::bucket).orElse("");
    if (caller.isPresent() && taken.getOrDefault(bucket, 0) >= mostOfCaller) {
      throw new TooManyAtOnceException(mostOfCaller);
    }
    if (inAll >= most) {
      throw new OverloadedException(RETRY_SECONDS);
    }
    inAll++;
    taken.merge(bucket, 1, Integer::sum);
    return () -> release(bucket);
  }

  private synchronized void release(String bucket) {
    inAll--;
    taken.computeIfPresent(bucket, (known, count) -> count == 1 ? null : count - 1);
  }

  /** Files that are being sent. */
  synchronized int taken() {
    return inAll;
  }
}
