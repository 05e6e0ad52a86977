package fr.opendamir.api.graphql.schema;

import fr.opendamir.query.AggregateResult;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** How an answer is protected. */
@Type("Disclosure")
@Description("How figures are protected, and what that costs this answer")
public final class Disclosure {
  private final AggregateResult result;

  Disclosure(AggregateResult result) {
    this.result = result;
  }

  @NonNull
  @Description("The policy by which blocks were made")
  public String getPolicy() {
    return result.release().policyId();
  }

  @Description("The least number of contributors of a block")
  public int getThreshold() {
    return result.threshold();
  }

  @NonNull
  @Description("For each dimension that is selected or filtered on, what a breakdown by it misses")
  public List<@NonNull NotDisclosed> getNotDisclosed() {
    return NotDisclosed.listOf(result.notDisclosed());
  }

  @NonNull
  @Description("The address of the policy and of how it works")
  public String getDocumentation() {
    return "/v1/disclosure";
  }
}
