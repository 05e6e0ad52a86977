package fr.opendamir.api.mcp;

import fr.opendamir.api.http.AddressTerms;
import fr.opendamir.catalog.Dimension;
import fr.opendamir.catalog.Label;
import fr.opendamir.query.BindingMessage;
import fr.opendamir.question.Argument;
import fr.opendamir.question.Message;
import fr.opendamir.question.QuestionMessage;
import fr.opendamir.question.See;
import fr.opendamir.question.Terms;
import java.util.Map;

/** The names of the arguments of {@code spending}, and the tools that list what is valid. */
final class ToolTerms extends AddressTerms {
  static final Terms INSTANCE = new ToolTerms();

  /** Texts that replace messages about REST addresses. */
  private static final Map<Message, Label> PATTERNS =
      Map.of(
          QuestionMessage.COMPARED_WITHOUT_PERIOD,
          new Label(
              "compare a besoin de périodes : ajouter month, quarter ou year à group_by, ou ne retenir"
                  + " qu'une période, avec un début et une fin (period: \"2024\", ou last: 12)",
              "compare needs periods: add month, quarter or year to group_by, or keep one period with a"
                  + " start and an end (period: \"2024\", or last: 12)"),
          QuestionMessage.NO_CURSOR,
          new Label(
              "n'est pas un curseur ; reprendre next_cursor de la page précédente",
              "is not a cursor; take next_cursor of the page before"),
          QuestionMessage.CURSOR_OF_ANOTHER,
          new Label(
              "ce curseur est celui d'une autre question ou version ; recommencer sans cursor",
              "this cursor is of another question or release; start again without cursor"),
          BindingMessage.SEVERAL_SERVICES,
          new Label(
              "un prix moyen n'a de sens que pour une seule prestation : ajouter service à group_by,"
                  + " ou filtrer sur une prestation (filters.service: [\"1110\"])",
              "an average price only makes sense for one service: add service to group_by, or"
                  + " filter on one (filters.service: [\"1110\"])"));

  private ToolTerms() {}

  @Override
  public Label pattern(Message message) {
    return PATTERNS.getOrDefault(message, message.pattern());
  }

  @Override
  public String name(Argument argument) {
    if (argument instanceof Argument.Filter filter) {
      return filter.level().dimension() == Dimension.MONTH
          ? SpendingQuestion.PERIOD
          : SpendingQuestion.FILTERS + "." + filter.level().id();
    }
    return argument.parameter();
  }

  @Override
  public String address(See see) {
    return see instanceof See.Codes codes
        ? "find_codes (levels: [\"" + codes.level().id() + "\"])"
        : "describe_data";
  }
}
