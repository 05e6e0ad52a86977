package fr.opendamir.api.graphql.schema;

import fr.opendamir.query.AggregateResult;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Type;

/** Where a page is. */
@Type("PageInfo")
@Description("Where this page is among all nodes")
public final class PageInfo {
  private final AggregateResult result;

  PageInfo(AggregateResult result) {
    this.result = result;
  }

  @Description("Whether there are nodes after this page")
  public boolean getHasNextPage() {
    return result.hasMore();
  }

  @Description("Whether there are nodes before this page")
  public boolean getHasPreviousPage() {
    return result.ownCursor().isPresent();
  }

  @Description("What was given as after to get this page; null for the first one")
  public String getStartCursor() {
    return result.ownCursor().orElse(null);
  }

  @Description(
      "To be given as after to get the next page, from the same release; null after the last one")
  public String getEndCursor() {
    return result.nextCursor().orElse(null);
  }
}
