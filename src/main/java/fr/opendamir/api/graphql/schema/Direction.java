package fr.opendamir.api.graphql.schema;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** Which way nodes are ordered. */
@Enum("Direction")
@Description("Which way nodes are ordered; those without a figure come last either way")
public enum Direction {
  @Description("Least first")
  ASC,

  @Description("Greatest first")
  DESC
}
