package fr.opendamir.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Callers and their limits. Prefix {@code opendamir.access}. */
@ConfigMapping(prefix = "opendamir.access")
public interface AccessConfig {
  /** Whether callers are limited at all. */
  @WithDefault("true")
  boolean enabled();

  /** Rate plans by name; {@code anonymous} is the plan of callers without a key. */
  Map<String, PlanConfig> plans();

  ProxiesConfig proxies();

  /**
   * Secret that is hashed with addresses, 16 characters or more; absent, a random one for each
   * process. Required with Redis: replicas need the same.
   */
  Optional<String> addressSalt();

  /** Callers whose allowances a process remembers, 1.2 KB each. */
  @WithDefault("50000")
  int rememberedCallers();

  /**
   * How much more than one network of IPv6 (/64) the site around it (/48) may use: units, requests
   * and questions at once, of all its networks together.
   */
  @WithDefault("16")
  int ipv6SiteFactor();

  /**
   * Keys that open nothing, and wrong tokens of administrators, of one network; then none is
   * checked.
   */
  QuotaConfig wrongKeys();

  RedisConfig redis();

  DatabaseConfig database();

  StreamsConfig streams();

  /** What callers of a plan may do. */
  interface PlanConfig {
    /** Units of a short window. */
    QuotaConfig burst();

    /** Units of a long window. */
    QuotaConfig daily();

    /** Requests, whatever they cost; of each process. */
    QuotaConfig requests();

    /** Questions of one caller that may be in work or waiting at the same time. */
    int concurrency();

    /** Questions of a higher priority go to the database first. */
    int priority();
  }

  /** So much in every window, which starts with the first use. */
  interface QuotaConfig {
    /** Units or requests. */
    long quota();

    /** Length of the window. */
    Duration window();
  }

  /** What stands between callers and the service. */
  interface ProxiesConfig {
    /** Networks (CIDR) of proxies that are believed; none when empty. */
    Optional<List<String>> trusted();

    /** The one header that they set; the other is not read. */
    @WithDefault("x-forwarded-for")
    ForwardingHeader header();
  }

  /** Allowances shared among replicas. */
  interface RedisConfig {
    /** {@code redis://[user:password@]host:port/database}; absent, each process has its own. */
    Optional<String> url();

    /** After which allowances are taken from the process instead. */
    @WithDefault("200ms")
    Duration timeout();

    /** How often Redis is tried while it does not answer. */
    @WithDefault("1s")
    Duration retry();
  }

  /** Answers that are sent while they are read. */
  interface StreamsConfig {
    /** At the same time; at most half as many as questions, which is what it is if not given. */
    OptionalInt places();

    /** Of one caller; half of the places, and not more than two, if not given. */
    OptionalInt placesOfCaller();

    /** After which such an answer is cut off. */
    @WithDefault("10m")
    Duration longest();

    /** After which the slowest of them is cut off where another caller finds no place. */
    @WithDefault("60s")
    Duration guaranteed();
  }

  /** Admission to the database. */
  interface DatabaseConfig {
    /**
     * Questions in work at the same time. Where it is not given, two for each processor: a database
     * on the same machine would else leave none to answers that are kept.
     */
    OptionalInt concurrency();

    /** Questions that may wait. */
    @WithDefault("256")
    int queue();

    /** How long a question may wait; one that would wait longer is refused at once. */
    @WithDefault("2s")
    Duration longestWait();
  }
}
