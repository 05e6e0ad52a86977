package fr.opendamir.access;

/** The place of one answer that is sent while it is read. */
public interface StreamPlace {
  /** A slot where callers are not limited. */
  StreamPlace UNLIMITED =
      new StreamPlace() {
        @Override
        public void reached(double share) {}

        @Override
        public long nanosLeft() {
          return Long.MAX_VALUE;
        }

        @Override
        public void onRevoked(Runnable ending) {}

        @Override
        public void end() {}
      };

  /** Notes which share of the answer was sent, from 0 to 1. */
  void reached(double share);

  /** Nanoseconds until the answer must have ended. */
  long nanosLeft();

  /**
   * Says how the answer is ended if another caller gets the place.
   *
   * @param ending called at most once, on the thread of the other caller's request; must not block
   */
  void onRevoked(Runnable ending);

  /** Gives the place back; a second call does nothing. */
  void end();
}
