package fr.opendamir.api.graphql.schema;

import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** What nodes are ordered by; filled in by the framework. */
@Input("SpendingOrder")
@Description("What nodes are ordered by: a measure or a dimension that is selected, one of the two")
public class SpendingOrder {
  @Description("A measure that is selected")
  public MeasureName measure;

  @Description("A dimension that is selected")
  public DimensionName dimension;

  @DefaultValue("ASC")
  @Description("Which way")
  public Direction direction;
}
