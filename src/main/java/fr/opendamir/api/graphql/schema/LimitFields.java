package fr.opendamir.api.graphql.schema;

import java.math.BigInteger;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The limits in force. */
@Type("Limits")
@Description("The limits in force")
public record LimitFields(
    @Description("Dimensions selected in nodes") int maxDimensions,
    @Description("Nodes of a page") int maxNodes,
    @NonNull @Description("Rows of rollups or blocks that a question may scan")
        BigInteger maxScannedRows,
    @Description("Seconds after which the database gives up a question") int maxSeconds,
    @Description("Fields below one another, introspection apart") int maxDepth,
    @Description("Fields of an operation itself") int maxRootFields,
    @Description("Aliases of a document") int maxAliases,
    @Description(
            "Fields of an operation, with fragments where they are spread; those below codes count"
                + " twenty times")
        int maxFields,
    @Description("Tokens of a document") int maxTokens,
    @Description("Bytes of the body of a request") int maxBodyBytes) {

  public LimitFields(
      int maxDimensions,
      int maxNodes,
      long maxScannedRows,
      int maxSeconds,
      int maxDepth,
      int maxRootFields,
      int maxAliases,
      int maxFields,
      int maxTokens,
      int maxBodyBytes) {
    this(
        maxDimensions,
        maxNodes,
        BigInteger.valueOf(maxScannedRows),
        maxSeconds,
        maxDepth,
        maxRootFields,
        maxAliases,
        maxFields,
        maxTokens,
        maxBodyBytes);
  }
}
