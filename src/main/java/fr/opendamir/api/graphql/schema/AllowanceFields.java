package fr.opendamir.api.graphql.schema;

import fr.opendamir.access.PolicyStanding;
import java.math.BigInteger;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** How one allowance of the caller stands. */
@Type("Allowance")
@Description("How one allowance of the caller stands")
public record AllowanceFields(
    @NonNull @Description("burst and daily (units), requests") String name,
    @NonNull @Description("Units or requests of a window") BigInteger quota,
    @Description("Length of the window in seconds") int windowSeconds,
    @NonNull @Description("Units or requests that are left") BigInteger remaining,
    @Description("Seconds until all of it is there again") int resetSeconds) {

  public AllowanceFields(PolicyStanding policy) {
    this(
        policy.name(),
        BigInteger.valueOf(policy.quota()),
        Math.toIntExact(policy.windowSeconds()),
        BigInteger.valueOf(policy.remaining()),
        Math.toIntExact(policy.resetSeconds()));
  }
}
