package fr.opendamir.api.graphql.schema;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Codes that are kept or left out; filled in by the framework. */
@Input("CodeFilter")
@Description("Keeps some codes of a dimension, or leaves some out: one of the two")
public class CodeFilter {
  @Description("The codes that are kept")
  public List<String> in;

  @Description("The codes that are left out")
  public List<String> notIn;
}
