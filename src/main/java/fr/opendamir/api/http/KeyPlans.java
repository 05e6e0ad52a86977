package fr.opendamir.api.http;

import fr.opendamir.access.KeyRecord;
import fr.opendamir.access.Plan;
import fr.opendamir.access.Plans;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Finds the rate plan of a key. A key whose plan is no longer configured keeps working with the
 * default plan: a configuration change must not lock out key holders.
 */
final class KeyPlans {
  private static final Logger LOG = Logger.getLogger(KeyPlans.class);
  private static final String USUAL = "registered";

  private final Plans plans;
  private final Set<String> missing = ConcurrentHashMap.newKeySet();

  KeyPlans(Plans plans) {
    this.plans = plans;
  }

  Plan of(KeyRecord key) {
    Optional<Plan> plan = plans.find(key.plan());
    if (plan.isPresent()) {
      return plan.get();
    }
    Plan instead = plans.find(USUAL).orElseGet(plans::anonymous);
    if (missing.add(key.plan())) {
      LOG.warnf(
          "keys have the plan %s, which is not configured; they are served by %s",
          key.plan(), instead.name());
    }
    return instead;
  }
}
