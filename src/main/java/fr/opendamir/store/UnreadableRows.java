package fr.opendamir.store;

import fr.opendamir.query.DataUnavailableException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Rows of the control tables that make no sense, logged once for each fault and not for each time
 * it is met.
 */
final class UnreadableRows {
  private static final Logger LOG = Logger.getLogger(UnreadableRows.class);

  private final Map<String, String> reasons = new TreeMap<>();

  /**
   * Something cannot be read.
   *
   * @param name of a release, or of what is left out of it after a blank
   */
  synchronized void add(String name, Throwable failure) {
    String reason = reason(failure);
    if (!reason.equals(reasons.put(name, reason))) {
      LOG.errorf("release %s cannot be read and is left out: %s", name, reason);
    }
  }

  /** A release can be read, perhaps again. */
  synchronized void isReadable(String name) {
    if (reasons.remove(name) != null) {
      LOG.infof("release %s can be read again", name);
    }
  }

  /** Forgets releases that are no longer there. */
  synchronized void retainReleases(Collection<String> ids) {
    reasons.keySet().removeIf(name -> ids.stream().noneMatch(id -> isOf(name, id)));
  }

  synchronized boolean isEmpty() {
    return reasons.isEmpty();
  }

  /** What is wrong, by what it is wrong with. */
  synchronized Map<String, String> reasons() {
    return new TreeMap<>(reasons);
  }

  /** What readers get where nothing can be read. */
  DataUnavailableException failure() {
    return new DataUnavailableException(
        DataUnavailableException.Part.RELEASE,
        new IllegalStateException("no release can be read: " + reasons()));
  }

  private static boolean isOf(String name, String release) {
    return name.equals(release) || name.startsWith(release + " ");
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
