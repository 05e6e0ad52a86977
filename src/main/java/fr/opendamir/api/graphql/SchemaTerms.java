package fr.opendamir.api.graphql;

import fr.opendamir.api.http.AddressTerms;
import fr.opendamir.catalog.Label;
import fr.opendamir.query.BindingMessage;
import fr.opendamir.question.Argument;
import fr.opendamir.question.Message;
import fr.opendamir.question.QuestionError;
import fr.opendamir.question.QuestionMessage;
import fr.opendamir.question.Terms;
import java.util.List;
import java.util.Map;

/** The names of arguments in the GraphQL schema. Addresses of lists are the same as in REST. */
final class SchemaTerms extends AddressTerms {
  static final Terms INSTANCE = new SchemaTerms();

  /** Texts that replace messages about REST addresses. */
  private static final Map<Message, Label> PATTERNS =
      Map.of(
          QuestionMessage.NO_CURSOR,
          new Label(
              "n'est pas un curseur ; reprendre pageInfo.endCursor de la page précédente",
              "is not a cursor; take pageInfo.endCursor of the page before"),
          QuestionMessage.CURSOR_OF_ANOTHER,
          new Label(
              "ce curseur est celui d'une autre question ou version ; recommencer sans after",
              "this cursor is of another question or release; start again without after"),
          QuestionMessage.NOT_ASKED_FOR,
          new Label(
              "seul ce qui est sélectionné dans nodes peut servir à trier ou à retenir des lignes",
              "only what is selected in nodes can order nodes or keep them"),
          QuestionMessage.COMPARED_WITHOUT_PERIOD,
          new Label(
              "compare a besoin de périodes : sélectionner month, quarter ou year, ou ne retenir qu'une"
                  + " période, avec un début et une fin (year: { in: [\"2024\"] })",
              "compare needs periods: select month, quarter or year, or keep one period with a start"
                  + " and an end (year: { in: [\"2024\"] })"),
          QuestionMessage.FILLED_WITHOUT_PERIOD,
          new Label(
              "fill ajoute des périodes sans montants : sélectionner month, quarter, year, careMonth,"
                  + " careQuarter ou careYear",
              "fill adds periods without figures: select month, quarter, year, careMonth, careQuarter or"
                  + " careYear"),
          QuestionMessage.SEVERAL_PERIODS,
          new Label(
              "%s n'accepte qu'une sorte de période dans nodes : ne sélectionner qu'un niveau parmi"
                  + " %s",
              "%s takes one kind of period in nodes: select one level of %s"),
          BindingMessage.SEVERAL_SERVICES,
          new Label(
              "un prix moyen n'a de sens que pour une seule prestation : sélectionner service, ou"
                  + " filtrer sur une prestation (service: { in: [\"1110\"] })",
              "an average price only makes sense for one service: select service, or filter on one"
                  + " (service: { in: [\"1110\"] })"));

  private SchemaTerms() {}

  @Override
  public String name(Argument argument) {
    if (argument instanceof Argument.Filter filter) {
      return "filter." + SchemaNames.field(filter.level());
    }
    if (argument instanceof Argument.Part part) {
      return switch (part) {
        case GROUP_BY, MEASURES -> "nodes";
        case SORT -> "orderBy";
        case LIMIT -> "first";
        case CURSOR -> "after";
        case FROM, TO, LAST -> "filter.month." + part.parameter();
        default -> part.parameter();
      };
    }
    return argument.parameter();
  }

  @Override
  public Label pattern(Message message) {
    return PATTERNS.getOrDefault(message, message.pattern());
  }

  /**
   * The suggested names. Suggestions for sort and having are REST parameter values, so they are
   * omitted.
   */
  @Override
  public List<String> didYouMean(QuestionError error) {
    boolean isOfRows =
        error.argument() == Argument.Part.SORT || error.argument() == Argument.Part.HAVING;
    return isOfRows ? List.of() : error.didYouMean();
  }
}
