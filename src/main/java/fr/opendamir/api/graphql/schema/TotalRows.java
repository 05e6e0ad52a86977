package fr.opendamir.api.graphql.schema;

import fr.opendamir.question.Totals;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** Which totals there are besides cells. */
@Enum("TotalRows")
@Description("Which nodes of totals there are besides cells; their dimensions have the code _T")
public enum TotalRows {
  @Description("None")
  NONE(Totals.NONE),

  @Description("Of everything together")
  GRAND(Totals.GRAND),

  @Description("Of everything, and of the first, the first two, … dimensions in the order selected")
  ROLLUP(Totals.ROLLUP);

  private final Totals totals;

  TotalRows(Totals totals) {
    this.totals = totals;
  }

  public Totals totals() {
    return totals;
  }
}
