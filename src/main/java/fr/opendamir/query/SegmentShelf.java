package fr.opendamir.query;

import java.util.Collection;

/** Port: the segments on the disk of this service. */
public interface SegmentShelf {
  /**
   * Whether all of these segments are here. Those that are not are fetched in the background; the
   * caller asks again.
   */
  boolean holds(Collection<Segment> segments);

  /** Removes all segments but these, which are the segments of served releases. */
  void retain(Collection<Segment> segments);
}
