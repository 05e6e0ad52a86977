package fr.opendamir.answer;

import fr.opendamir.query.AggregateResult;
import fr.opendamir.query.BoundQuestion;
import fr.opendamir.query.Figures;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import java.util.function.Supplier;

/** The computation of an answer that is not in the cache, and the way it is paid for. */
public sealed interface Work {
  /**
   * Work that every waiting request pays for in advance.
   *
   * @param most highest possible price, in units
   * @param least price in units if it ends without an answer
   */
  record Priced(long most, long least, Function<Charge, Uni<EncodedAnswer>> compute)
      implements Work {}

  /**
   * Work that the computing request pays for as it runs; the waiting requests pay for the result.
   * Free if the result costs no units.
   */
  record Metered(Supplier<Uni<EncodedAnswer>> compute) implements Work {}

  /** Creates the work that answers a bound question and encodes the result. */
  static Work of(
      BoundQuestion question,
      Figures figures,
      Function<AggregateResult, Uni<EncodedAnswer>> encode) {
    return new Priced(
        question.maxUnits(),
        question.leastUnits(),
        charge ->
            charge
                .atDatabase(question.plan(), () -> figures.answer(question))
                .flatMap(encode::apply));
  }
}
