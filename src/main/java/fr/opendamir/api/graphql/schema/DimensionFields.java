package fr.opendamir.api.graphql.schema;

import fr.opendamir.catalog.Level;
import fr.opendamir.catalog.LevelDescription;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A dimension or level; texts and codes are fields with arguments, in {@code LabelFields}. */
@Type("Dimension")
@Description("A dimension, or a coarser level of one: what figures are grouped by and filtered on")
public final class DimensionFields {
  private final Level level;
  private final LevelDescription description;

  public DimensionFields(Level level, LevelDescription description) {
    this.level = level;
    this.description = description;
  }

  /** Which one it is; no field of the schema. */
  public Level level() {
    return level;
  }

  /** Its texts; no field of the schema. */
  public LevelDescription texts() {
    return description;
  }

  @NonNull
  @Description("Its name as an argument")
  public DimensionName getName() {
    return DimensionName.of(level);
  }

  @NonNull
  @Description("The field of nodes and of the filter that stands for it")
  public String getField() {
    return DimensionName.field(level);
  }

  @NonNull
  @Description("Its name in REST and in files")
  public String getId() {
    return level.id();
  }

  @NonNull
  @Description("The dimension that it is, or is a level of")
  public DimensionName getDimension() {
    return DimensionName.of(Level.of(level.dimension()).get(0));
  }

  @NonNull
  @Description("The coarser levels of a dimension")
  public List<@NonNull DimensionName> getCoarserLevels() {
    return level.isFinest()
        ? Level.of(level.dimension()).stream().skip(1).map(DimensionName::of).toList()
        : List.of();
  }

  @NonNull
  @Description("The variables of Open DAMIR that it comes from")
  public String getDamir() {
    return description.variables();
  }
}
