package fr.opendamir.store;

import fr.opendamir.query.DataUnavailableException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Rows of the control tables that have impossible values. Each fault is logged once, not at every
 * read.
 */
final class UnreadableRows {
  private static final Logger LOG = Logger.getLogger(UnreadableRows.class);

  private final Map<String, String> reasons = new TreeMap<>();

  /**
   * Records that a release, or a part of it, cannot be read.
   *
   * @param name the id of the release; for a part, followed by a space and the name of the part
   */
  synchronized void add(String name, Throwable failure) {
    String reason = reason(failure);
    if (!reason.equals(reasons.put(name, reason))) {
      LOG.errorf("release %s cannot be read and is left out: %s", name, reason);
    }
  }

  /** Records that a release can be read. */
  synchronized void remove(String name) {
    if (reasons.remove(name) != null) {
      LOG.infof("release %s can be read again", name);
    }
  }

  /** Forgets all releases but these. */
  synchronized void retainReleases(Collection<String> ids) {
    reasons.keySet().removeIf(name -> ids.stream().noneMatch(id -> isOf(name, id)));
  }

  synchronized boolean isEmpty() {
    return reasons.isEmpty();
  }

  /** The reasons, by name. */
  synchronized Map<String, String> reasons() {
    return new TreeMap<>(reasons);
  }

  /** The failure of requests while no release can be read. */
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
