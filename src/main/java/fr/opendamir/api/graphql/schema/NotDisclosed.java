package fr.opendamir.api.graphql.schema;

import fr.opendamir.catalog.Level;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** How much of a dimension is not disclosed. */
@Type("NotDisclosed")
@Description("How much of a dimension is not disclosed")
public final class NotDisclosed {
  private final Level level;
  private final BigDecimal share;

  private NotDisclosed(Level level, BigDecimal share) {
    this.level = level;
    this.share = share;
  }

  static List<NotDisclosed> listOf(Map<Level, BigDecimal> shares) {
    return shares.entrySet().stream()
        .map(share -> new NotDisclosed(share.getKey(), share.getValue()))
        .toList();
  }

  @NonNull
  @Description("The dimension")
  public DimensionName getDimension() {
    return DimensionName.of(level);
  }

  @NonNull
  @Description("The share (0 to 1) of the amount charged whose code is not disclosed there")
  public BigDecimal getShare() {
    return share;
  }
}
