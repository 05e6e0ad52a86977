package fr.opendamir.api.graphql.schema;

import java.math.BigDecimal;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A condition on a figure of a node; filled in by the framework. */
@Input("MeasureCondition")
@Description("A condition on a figure of a node; a node whose figure is not shown meets none")
public class MeasureCondition {
  @NonNull
  @Description("A measure that is selected")
  public MeasureName measure;

  @NonNull
  @Description("How it is compared")
  public Comparison is;

  @NonNull
  @Description("What it is compared with, in the unit of the measure")
  public BigDecimal value;
}
