package fr.opendamir.access;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The plans of the configuration. */
public final class Plans {
  /** The plan of callers without a key. */
  public static final String ANONYMOUS = "anonymous";

  /** Also a label of metrics, and a word of commands. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private final Map<String, Plan> plans;

  private Plans(Map<String, Plan> plans) {
    this.plans = Map.copyOf(plans);
  }

  /**
   * Reads and checks them.
   *
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  public static Plans of(Map<String, AccessConfig.PlanConfig> configs) {
    Map<String, Plan> plans = new TreeMap<>();
    configs.forEach((name, config) -> plans.put(name, plan(name, config)));
    if (!plans.containsKey(ANONYMOUS)) {
      throw new IllegalArgumentException("opendamir.access.plans.anonymous is missing");
    }
    return new Plans(plans);
  }

  public Plan anonymous() {
    return plans.get(ANONYMOUS);
  }

  public Optional<Plan> find(String name) {
    return Optional.ofNullable(plans.get(name));
  }

  /** All plans by name. */
  public Map<String, Plan> all() {
    return plans;
  }

  private static Plan plan(String name, AccessConfig.PlanConfig config) {
    String setting = "opendamir.access.plans." + name;
    try {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "the name must be up to 32 lower-case letters, digits and hyphens");
      }
      return new Plan(
          name,
          quota(config.burst()),
          quota(config.daily()),
          quota(config.requests()),
          config.concurrency(),
          config.priority());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
    }
  }

  private static Quota quota(AccessConfig.QuotaConfig config) {
    return new Quota(config.quota(), config.window());
  }
}
