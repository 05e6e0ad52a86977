package fr.opendamir.api.graphql.schema;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Quarters or years that are kept or left out; filled in by the framework. */
@Input("PeriodFilter")
@Description("Keeps some quarters (2024-Q1) or years (2024): by in, by notIn, or by from and to")
public class PeriodFilter {
  @Description("The periods that are kept")
  public List<String> in;

  @Description("The periods that are left out")
  public List<String> notIn;

  @Description("The first period that is kept; open where absent")
  public String from;

  @Description("The last period that is kept; open where absent")
  public String to;
}
