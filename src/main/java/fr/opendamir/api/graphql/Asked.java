package fr.opendamir.api.graphql;

import fr.opendamir.api.http.Problems;
import fr.opendamir.api.http.Visit;
import graphql.schema.DataFetchingEnvironment;
import io.smallrye.graphql.api.Context;
import java.util.concurrent.atomic.AtomicLong;

/** What is known of a request while it is executed, and what it costs so far, in units. */
final class Asked {
  private final Problems problems;
  private final Visit visit;
  private final AtomicLong requested = new AtomicLong();
  private final AtomicLong actual = new AtomicLong();

  Asked(Problems problems, Visit visit) {
    this.problems = problems;
    this.visit = visit;
  }

  /** That of the request which a field belongs to. */
  static Asked of(Context context) {
    return context.unwrap(DataFetchingEnvironment.class).getGraphQlContext().get(Asked.class);
  }

  /** How failures are told. */
  Problems problems() {
    return problems;
  }

  /** On whose account it is executed. */
  Visit visit() {
    return visit;
  }

  /** Adds the price of a field: what it could have cost, and what it did. */
  void charge(long requestedUnits, long actualUnits) {
    requested.addAndGet(requestedUnits);
    actual.addAndGet(actualUnits);
  }

  long requestedUnits() {
    return requested.get();
  }

  long actualUnits() {
    return actual.get();
  }
}
