package fr.opendamir.api.graphql.schema;

import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.query.ReleaseMonth;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A month of a release. */
@Type("ReleaseMonth")
@Description("A month of a release: the file it comes from, and how its blocks came about")
public final class ReleaseMonthFields {
  private final ReleaseMonth stored;

  ReleaseMonthFields(ReleaseMonth stored) {
    this.stored = stored;
  }

  /** The sum of a measure over all lines of a file. */
  @Type("SourceTotal")
  @Description("The sum of a measure over all lines of the file")
  public record SourceTotal(
      @NonNull @Description("The measure") MeasureName measure,
      @NonNull @Description("Its sum, in euros or acts") BigDecimal value) {}

  @NonNull
  @Description("The month, such as 2024-01")
  public String getMonth() {
    return stored.month().toString();
  }

  @NonNull
  @Description("The name of the newest file of the month")
  public String getSourceFile() {
    return stored.fileName();
  }

  @NonNull
  @Description("The SHA-256 of that file, in hexadecimal digits")
  public String getSourceSha256() {
    return stored.sha256();
  }

  @Description("Whether its figures are made up")
  public boolean getSynthetic() {
    return stored.synthetic();
  }

  @Description("How often the month was revised since it was first published")
  public int getRevisions() {
    return stored.revisions();
  }

  @Description("Whether more detail was lost than an import usually allows")
  public boolean getAcceptedLoss() {
    return stored.acceptedLoss();
  }

  @NonNull
  @Description("Lines of the file")
  public BigInteger getLines() {
    return BigInteger.valueOf(stored.lines());
  }

  @NonNull
  @Description("Blocks of the month")
  public BigInteger getBlocks() {
    return BigInteger.valueOf(stored.blocks());
  }

  @Description("Contributors of its smallest block")
  public int getSmallestBlock() {
    return Math.toIntExact(stored.smallestBlock());
  }

  @NonNull
  @Description("Sums over all lines of the file, which figures add up to")
  public List<@NonNull SourceTotal> getTotals() {
    return Arrays.stream(SourceMeasure.values())
        .map(
            measure ->
                new SourceTotal(
                    MeasureName.valueOf(measure.name()),
                    BigDecimal.valueOf(stored.totals().get(measure), measure.isAmount() ? 2 : 0)))
        .toList();
  }

  @NonNull
  @Description("By dimension, the share of the amount charged whose code is not disclosed")
  public List<@NonNull NotDisclosed> getNotDisclosed() {
    return NotDisclosed.listOf(stored.notDisclosedShares());
  }
}
