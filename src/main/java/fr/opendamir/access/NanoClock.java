package fr.opendamir.access;

import io.github.bucket4j.TimeMeter;
import java.util.function.LongSupplier;

/** A clock for buckets. */
record NanoClock(LongSupplier nanos) implements TimeMeter {
  @Override
  public long currentTimeNanos() {
    return nanos.getAsLong();
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
