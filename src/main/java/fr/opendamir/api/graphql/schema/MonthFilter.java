package fr.opendamir.api.graphql.schema;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Months that are kept or left out; filled in by the framework. */
@Input("MonthFilter")
@Description(
    "Keeps some months of processing (2024-01): by in, by notIn, or by from and to; last may join any"
        + " of them")
public class MonthFilter {
  @Description("The months that are kept")
  public List<String> in;

  @Description("The months that are left out")
  public List<String> notIn;

  @Description("The first month that is kept; open where absent")
  public String from;

  @Description("The last month that is kept; open where absent")
  public String to;

  @Description("At most this many months, counted back from the newest month of the release")
  public Integer last;
}
