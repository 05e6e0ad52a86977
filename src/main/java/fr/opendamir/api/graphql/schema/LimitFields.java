package fr.opendamir.api.graphql.schema;

import java.math.BigInteger;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The limits in force. */
@Type("Limits")
@Description("The limits in force, and the caller's allowances")
public record LimitFields(
    @Description("Dimensions selected in nodes") int maxDimensions,
    @Description("Measures selected in nodes") int maxMeasures,
    @Description("Keys of orderBy") int maxOrderKeys,
    @Description("Conditions of having") int maxConditions,
    @Description("Codes of one dimension in a filter") int maxCodes,
    @Description("Codes of all dimensions in a filter together") int maxCodesInAll,
    @Description("Months, quarters and years in a filter together") int maxPeriods,
    @Description("Nodes of a page") int maxNodes,
    @Description("Nodes before a page") int maxOffset,
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
    @Description("Bytes of the body of a request") int maxBodyBytes,
    @Description("Bytes of an answer") int maxAnswerBytes,
    @Description("The caller's plan; null where callers are not limited") String plan,
    @Description(
            "Questions of the caller that may be in work or waiting at the same time; null where"
                + " callers are not limited")
        Integer concurrency,
    @NonNull @Description("How the caller's allowances stand; none where callers are not limited")
        List<@NonNull AllowanceFields> allowances) {}
