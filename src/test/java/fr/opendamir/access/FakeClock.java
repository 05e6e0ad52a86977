package fr.opendamir.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes when told to. */
final class FakeClock extends Clock {
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** The same time for caches. */
  long nanos() {
    return Duration.between(Instant.parse("2026-01-01T00:00:00Z"), now).toNanos();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
