package fr.opendamir.api.graphql.schema;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** How a figure is compared. */
@Enum("Comparison")
@Description("How a figure is compared")
public enum Comparison {
  @Description("Equal")
  EQ,

  @Description("Not equal")
  NE,

  @Description("Less")
  LT,

  @Description("Less or equal")
  LE,

  @Description("Greater")
  GT,

  @Description("Greater or equal")
  GE
}
