package fr.opendamir.api.graphql.schema;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Enum;

/** Whether the figures of a node are shown. */
@Enum("NodeStatus")
@Description("Whether the figures of a node are shown")
public enum NodeStatus {
  @Description("They are")
  OK,

  @Description("They are withheld: together they would come from a net quantity of 1 to 10 acts")
  SUPPRESSED
}
