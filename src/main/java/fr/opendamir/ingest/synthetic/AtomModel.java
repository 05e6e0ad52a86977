package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws atoms: row type and service first, then everything that follows from them, so that no
 * impossible combination appears.
 */
final class AtomModel {

  /** The departures of services from their families are the same in all months and seeds. */
  private static final long STRUCTURE_SEED = 20240101L;

  private static final int ROW_TYPES = RowType.values().length;
  private static final double[] WOMEN = {.47, .62, .62, .56, .53, .51, .52, .60, .55};

  /** Solidarity cover among the schemes that report it, by age. */
  private static final double[] SOLIDARITY = {.22, .19, .18, .16, .13, .09, .06, .04, .1};

  private final List<Service> services;
  private final List<Facility> facilities;
  private final CodeDraw cells;
  private final List<ServiceProfile> profiles;
  private final ExemptionDraw exemptions = new ExemptionDraw();
  private final CodeDraw nightOrSunday = CodeDraw.parse("2:813|1:184|3:3");

  AtomModel(List<Service> services, List<Facility> facilities) {
    this.services = services;
    this.facilities = facilities;
    this.cells = cells(services);
    SplittableRandom random = new SplittableRandom(STRUCTURE_SEED);
    this.profiles =
        services.stream()
            .map(service -> new ServiceProfile(service.family(), facilities, random.split()))
            .toList();
  }

  /** Row type and service with the published shares of both. */
  private static CodeDraw cells(List<Service> services) {
    double[][] table = new double[services.size()][ROW_TYPES];
    double[] serviceShares = PublishedCounts.january2024().shares(SourceColumn.PRS_NAT);
    for (int i = 0; i < table.length; i++) {
      for (int type = 0; type < ROW_TYPES; type++) {
        table[i][type] = serviceShares[i] * RowType.at(type).affinity(services.get(i).family());
      }
    }
    // The published row types are the constants of RowType, in the same order.
    ProportionalFit.fit(
        table, serviceShares, PublishedCounts.january2024().shares(SourceColumn.PRS_REM_TYP));
    double[] weights = new double[table.length * ROW_TYPES];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = table[i / ROW_TYPES][i % ROW_TYPES];
    }
    return CodeDraw.ofIndices(weights);
  }

  long draw(SplittableRandom random) {
    int cell = cells.draw(random);
    int serviceIndex = cell / ROW_TYPES;
    int typeIndex = cell % ROW_TYPES;
    RowType type = RowType.at(typeIndex);
    ServiceFamily family = services.get(serviceIndex).family();
    ServiceProfile profile = profiles.get(serviceIndex);
    int facility = profile.facility(random);
    int age = profile.age(random);
    boolean woman = random.nextDouble() < WOMEN[age];
    long insurance = insurance(random, family, age, woman);
    long atom =
        AtomField.SERVICE.ofIndex(serviceIndex)
            | AtomField.ROW_TYPE.ofIndex(typeIndex)
            | AtomField.FACILITY.ofIndex(facility)
            | AtomField.LAG.ofIndex(profile.lag(random))
            | AtomField.AGE.ofIndex(age)
            | AtomField.SEX.ofCode(woman ? 2 : random.nextInt(60_000) == 0 ? 0 : 1)
            | executor(random, profile, facilities.get(facility))
            | insurance
            | complement(random, type, family)
            | region(random, type, profile);
    if (type == RowType.UNKNOWN) {
      return atom | AtomField.EXEMPTION.ofCode(99) | AtomField.SOLIDARITY.ofCode(9);
    }
    return atom
        | exemptions.draw(random, family, age, AtomField.INSURANCE.code(insurance))
        | solidarity(random, type, age);
  }

  private static long executor(SplittableRandom random, ServiceProfile profile, Facility facility) {
    Executor executor = profile.executor(random);
    int category = facility.billsActs() ? 0 : executor.category();
    long bits =
        AtomField.ACTIVITY.ofCode(executor.activity()) | AtomField.CATEGORY.ofCode(category);
    return executor.isPhysician()
        ? bits | AtomField.SPECIALTY.ofIndex(profile.specialty(random))
        : bits;
  }

  private static long insurance(
      SplittableRandom random, ServiceFamily family, int age, boolean woman) {
    double dice = random.nextDouble();
    int code =
        switch (family.name()) {
          case "annuity" -> 40;
          case "pension" -> 80;
          case "death" -> 50;
          case "midwife" -> dice < 0.45 && woman ? 30 : 10;
          case "parentpay" -> dice < 0.9 ? 30 : 10;
          case "sickpay" -> dice < 0.2 ? 40 : 10;
          case "prevention", "dentalprevention", "pharmacist" -> dice < 0.2 ? 90 : 10;
          case "social" -> dice < 0.3 ? 70 : 10;
          default -> ordinary(dice, age, woman);
        };
    return AtomField.INSURANCE.ofCode(code);
  }

  private static int ordinary(double dice, int age, boolean woman) {
    if (woman && (age == 1 || age == 2) && dice < 0.075) {
      return 30;
    }
    if (age >= 1 && age <= 5 && dice > 0.97) {
      return 40;
    }
    return dice > 0.9690 && dice < 0.9692 ? 22 : dice > 0.9692 && dice < 0.96921 ? 11 : 10;
  }

  private long complement(SplittableRandom random, RowType type, ServiceFamily family) {
    boolean carries =
        type == RowType.SUPPLEMENT
            || (type == RowType.UNKNOWN
                && RowType.SUPPLEMENT.affinity(family) > 0
                && random.nextInt(1000) < 40);
    return AtomField.COMPLEMENT.ofCode(carries ? nightOrSunday.draw(random) : 0);
  }

  private static long region(SplittableRandom random, RowType type, ServiceProfile profile) {
    return switch (type) {
      case ALSACE_MOSELLE -> AtomField.REGION.ofCode(44);
      case MAYOTTE -> AtomField.REGION.ofCode(5);
      default -> AtomField.REGION.ofIndex(profile.region(random));
    };
  }

  private static long solidarity(SplittableRandom random, RowType type, int age) {
    if (type.isSolidarity() || random.nextDouble() < SOLIDARITY[age]) {
      return AtomField.SOLIDARITY.ofCode(1);
    }
    return AtomField.SOLIDARITY.ofCode(random.nextInt(400) == 0 ? 2 : 0);
  }
}
