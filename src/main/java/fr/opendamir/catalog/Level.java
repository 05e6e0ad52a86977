package fr.opendamir.catalog;

import static fr.opendamir.catalog.Dimension.EXEMPTION;
import static fr.opendamir.catalog.Dimension.MONTH;
import static fr.opendamir.catalog.Dimension.SERVICE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A level by which a question can group or filter: a dimension at its finest detail, or one of its
 * coarser levels. The levels of a dimension are declared from fine to coarse; {@code hierarchy.csv}
 * assigns the codes of each to the next.
 */
public enum Level {
  MONTH_OF_PROCESSING("month", MONTH),
  QUARTER("quarter", MONTH),
  YEAR("year", MONTH),
  CARE_LAG(Dimension.CARE_LAG),
  CARE_MONTH("care_month", Dimension.CARE_LAG),
  CARE_QUARTER("care_quarter", Dimension.CARE_LAG),
  CARE_YEAR("care_year", Dimension.CARE_LAG),
  REGION(Dimension.REGION),
  AGE_BAND(Dimension.AGE_BAND),
  AGE_GROUP("age_group", Dimension.AGE_BAND),
  SEX(Dimension.SEX),
  SERVICE_CODE("service", SERVICE),
  SERVICE_GROUP("service_group", SERVICE, true),
  SERVICE_KIND("service_kind", SERVICE),
  PROVIDER_SPECIALTY(Dimension.PROVIDER_SPECIALTY),
  PROVIDER_ACTIVITY(Dimension.PROVIDER_ACTIVITY),
  EXEMPTION_REASON("exemption", EXEMPTION),
  EXEMPTION_GROUP("exemption_group", EXEMPTION, true),
  INSURANCE(Dimension.INSURANCE),
  FACILITY_TYPE(Dimension.FACILITY_TYPE),
  SUPPLEMENT(Dimension.SUPPLEMENT),
  COMPLEMENTARY_COVER(Dimension.COMPLEMENTARY_COVER);

  private final String id;
  private final Dimension dimension;
  private final boolean isGroup;

  Level(Dimension dimension) {
    this(dimension.id(), dimension);
  }

  Level(String id, Dimension dimension) {
    this(id, dimension, false);
  }

  Level(String id, Dimension dimension, boolean isGroup) {
    this.id = id;
    this.dimension = dimension;
    this.isGroup = isGroup;
  }

  /** The public identifier: parameter name, column name, JSON name. */
  public String id() {
    return id;
  }

  public Dimension dimension() {
    return dimension;
  }

  /** Whether this is the dimension itself rather than a coarser level of it. */
  public boolean isFinest() {
    return id.equals(dimension.id());
  }

  /**
   * Whether codes of this level appear, as {@code G:<code>}, among the codes of its dimension where
   * those are not disclosed. Making a level a group changes the blocks of every month and therefore
   * needs a new disclosure policy.
   */
  public boolean isGroup() {
    return isGroup;
  }

  /**
   * The level that imports store instead of this one, from whose codes these follow when a question
   * is answered: itself, unless it is a level without a column.
   */
  public Level stored() {
    return switch (this) {
      case AGE_GROUP -> AGE_BAND;
      case CARE_MONTH, CARE_QUARTER, CARE_YEAR -> CARE_LAG;
      default -> this;
    };
  }

  /**
   * Whether the codes are periods in which care was given: they follow from the lag together with
   * the month of processing, as {@link CarePeriods} defines.
   */
  public boolean isCarePeriod() {
    return dimension == Dimension.CARE_LAG && !isFinest();
  }

  /**
   * The level of processing periods whose codes have the form of the periods of this level: itself
   * for month, quarter and year. Empty for a level that has no periods.
   */
  public Optional<Level> periodForm() {
    return switch (this) {
      case MONTH_OF_PROCESSING, CARE_MONTH -> Optional.of(MONTH_OF_PROCESSING);
      case QUARTER, CARE_QUARTER -> Optional.of(QUARTER);
      case YEAR, CARE_YEAR -> Optional.of(YEAR);
      default -> Optional.empty();
    };
  }

  /** The levels of a dimension, finest first. */
  public static List<Level> of(Dimension dimension) {
    return Arrays.stream(values()).filter(level -> level.dimension == dimension).toList();
  }

  /**
   * The levels whose codes follow from those of a dimension, finest first; empty for a flat
   * dimension. Periods of care are no such levels, because they follow from two dimensions.
   */
  public static List<Level> coarserOf(Dimension dimension) {
    return of(dimension).stream()
        .filter(level -> !level.isFinest() && !level.isCarePeriod())
        .toList();
  }

  /** The level that holds the groups of a dimension; empty for most dimensions. */
  public static Optional<Level> groupsOf(Dimension dimension) {
    return of(dimension).stream().filter(Level::isGroup).findFirst();
  }

  /** Returns the level with that public identifier or DAMIR variable name, ignoring case. */
  public static Optional<Level> find(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(level -> level.id.equals(wanted) || level.hasVariable(wanted))
        .findFirst();
  }

  /** The DAMIR variable that is an alias of the level; empty unless there is exactly one. */
  public Optional<String> alias() {
    return isFinest() && dimension.variables().size() == 1
        ? Optional.of(dimension.variables().get(0))
        : Optional.empty();
  }

  private boolean hasVariable(String lowerCaseName) {
    return alias().filter(name -> name.toLowerCase(Locale.ROOT).equals(lowerCaseName)).isPresent();
  }
}
