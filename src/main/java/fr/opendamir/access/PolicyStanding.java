package fr.opendamir.access;

/**
 * How much of one quota is left.
 *
 * @param name {@code burst}, {@code daily} or {@code requests}; with {@code site-} before it, of
 *     the site around the caller; with {@code files-} before that, of files
 * @param quota units or requests of a window
 * @param windowSeconds its length
 * @param remaining units or requests
 * @param resetSeconds until all of it is there again, rounded up; 0 where nothing was used
 */
public record PolicyStanding(
    String name, long quota, long windowSeconds, long remaining, long resetSeconds) {
  public static final String BURST = "burst";
  static final String DAILY = "daily";
  public static final String REQUESTS = "requests";

  private static final long NANOS = 1_000_000_000L;

  private static final String OF_SITE = "site-";
  private static final String OF_FILES = "files-";

  /** The same policy of the site around the caller. */
  PolicyStanding ofSite() {
    return new PolicyStanding(nameOfSite(name), quota, windowSeconds, remaining, resetSeconds);
  }

  static String nameOfSite(String name) {
    return OF_SITE + name;
  }

  /** The same policy of the allowance of files. */
  PolicyStanding ofFiles() {
    return new PolicyStanding(nameOfFiles(name), quota, windowSeconds, remaining, resetSeconds);
  }

  static String nameOfFiles(String name) {
    return OF_FILES + name;
  }

  /** Whether it counts units, which may be given back. */
  public boolean isOfUnits() {
    return !name.endsWith(REQUESTS);
  }

  /** How it stands after units of a price were given back. */
  public PolicyStanding refunded(long taken, long price) {
    long back = Math.min(taken, quota) - Math.min(price, quota);
    return new PolicyStanding(
        name, quota, windowSeconds, Math.min(quota, remaining + Math.max(0, back)), resetSeconds);
  }

  static PolicyStanding of(String name, Quota quota, long remaining, long resetNanos) {
    return new PolicyStanding(
        name,
        quota.units(),
        quota.window().toSeconds(),
        Math.max(0, remaining),
        (resetNanos + NANOS - 1) / NANOS);
  }
}
