package fr.opendamir.answer;

import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.BoundQuestion;
import fr.opendamir.query.Figures;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;

/** How an answer is computed that is not in the cache, and how that is paid for. */
public sealed interface Work {
  /**
   * Paid in advance by every request that waits for it.
   *
   * @param most units it can cost
   * @param least units it costs where nothing comes of it
   */
  record Priced(long most, long least, Function<Charge, Uni<EncodedAnswer>> compute)
      implements Work {}

  /**
   * Paid while it is done, by the request that does it; others pay for the result. Free where the
   * result costs no units.
   */
  record Metered(Supplier<Uni<EncodedAnswer>> compute) implements Work {}

  /** The figures of a bound question, encoded. */
  static Work of(
      BoundQuestion question, Figures figures, Function<AggregateResult, EncodedAnswer> encode) {
    return new Priced(
        question.maxUnits(),
        question.leastUnits(),
        charge -> charge.atDatabase(question.plan(), () -> figures.answer(question)).map(encode));
  }
}
