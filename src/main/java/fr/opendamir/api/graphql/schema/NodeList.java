package fr.opendamir.api.graphql.schema;

import fr.opendamir.query.AggregateResult;
import java.util.AbstractList;

/** The nodes of an answer; made one by one only where somebody asks for one. */
public final class NodeList extends AbstractList<SpendingNode> {
  private final AggregateResult result;

  NodeList(AggregateResult result) {
    this.result = result;
  }

  /** The answer itself, to be written without making nodes. */
  public AggregateResult result() {
    return result;
  }

  @Override
  public SpendingNode get(int index) {
    return new SpendingNode(result.query(), result.rows().get(index));
  }

  @Override
  public int size() {
    return result.rows().size();
  }
}
