package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The draws that depend on one service. Each service departs from its family at random, so that it
 * has a few dominant specialties, ages and regions of its own, as real services do.
 */
final class ServiceProfile {

  private static final double AGE_SPREAD = 0.35;
  private static final double REGION_SPREAD = 0.25;
  private static final double SPECIALTY_SPREAD = 1.2;
  private static final double FACILITY_SPREAD = 0.6;

  private final ServiceFamily family;
  private final CodeDraw facilities;
  private final CodeDraw executors;
  private final CodeDraw specialties;
  private final CodeDraw ages;
  private final CodeDraw regions;
  private final CodeDraw lags;

  ServiceProfile(ServiceFamily family, List<Facility> facilities, SplittableRandom random) {
    this.family = family;
    this.facilities = facilities(facilities, random);
    this.executors = CodeDraw.ofIndices(array(family.executorWeights()));
    this.specialties = specialties(random);
    this.ages = ages(random);
    this.regions = regions(random);
    this.lags = CodeDraw.ofIndices(array(family.lags()));
  }

  /** Index of a facility; 0 is none. */
  int facility(SplittableRandom random) {
    return random.nextDouble() < family.facilityShare() ? facilities.draw(random) : 0;
  }

  Executor executor(SplittableRandom random) {
    return family.executors().get(executors.draw(random));
  }

  /** Index among the published specialties. */
  int specialty(SplittableRandom random) {
    return specialties.draw(random);
  }

  /** Index among the published age bands. */
  int age(SplittableRandom random) {
    return ages.draw(random);
  }

  /** Index among the published regions. */
  int region(SplittableRandom random) {
    return regions.draw(random);
  }

  /** Position of a {@link Lag}. */
  int lag(SplittableRandom random) {
    return lags.draw(random);
  }

  private CodeDraw facilities(List<Facility> list, SplittableRandom random) {
    double[] weights =
        list.stream()
            .mapToDouble(
                facility ->
                    facility.weight() * family.facilityKinds().getOrDefault(facility.kind(), 0.0))
            .toArray();
    if (Arrays.stream(weights).sum() == 0) {
      return CodeDraw.of(new int[] {0}, new double[] {1});
    }
    return CodeDraw.ofIndices(tilted(weights, FACILITY_SPREAD, random));
  }

  private CodeDraw specialties(SplittableRandom random) {
    int[] codes = PublishedCounts.january2024().codes(SourceColumn.PSE_SPE_SNDS);
    double[] weights = new double[codes.length];
    for (String entry : family.specialties().split("\\|", -1)) {
      int colon = entry.indexOf(':');
      int index = Arrays.binarySearch(codes, Integer.parseInt(entry.substring(0, colon)));
      weights[index] = Double.parseDouble(entry.substring(colon + 1));
    }
    return CodeDraw.ofIndices(tilted(weights, SPECIALTY_SPREAD, random));
  }

  private CodeDraw ages(SplittableRandom random) {
    double[] shares = PublishedCounts.january2024().shares(SourceColumn.AGE_BEN_SNDS);
    double[] weights = Arrays.copyOf(array(family.ages()), shares.length);
    double sum = Arrays.stream(weights).sum();
    // The unknown age is as rare everywhere.
    weights[shares.length - 1] = sum * shares[shares.length - 1];
    return CodeDraw.ofIndices(tilted(weights, AGE_SPREAD, random));
  }

  private CodeDraw regions(SplittableRandom random) {
    double[] weights = PublishedCounts.january2024().shares(SourceColumn.BEN_RES_REG);
    if (family.kind() == ServiceFamily.Kind.CASH) {
      // Funds pay pensions and sick pay without saying where: region 99, the last one.
      boolean pension = family.isUndated();
      weights[weights.length - 1] = pension ? 2 : 0.25;
    }
    return CodeDraw.ofIndices(tilted(weights, REGION_SPREAD, random));
  }

  private static double[] tilted(double[] weights, double spread, SplittableRandom random) {
    return Arrays.stream(weights)
        .map(weight -> weight * StrictMath.exp(spread * random.nextGaussian()))
        .toArray();
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
