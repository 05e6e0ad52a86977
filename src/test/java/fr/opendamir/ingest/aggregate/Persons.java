package fr.opendamir.ingest.aggregate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Contributors of a set of source lines, as an exact fraction. */
record Persons(BigInteger numerator, BigInteger denominator) implements Comparable<Persons> {
  static final Persons NOBODY = of(0, 1);

  static Persons of(long numerator, long denominator) {
    return new Persons(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  static Persons of(long count) {
    return of(count, 1);
  }

  /**
   * The sum over the services, but at most some times the largest service; without any act, the
   * lines without quantity.
   */
  static Persons in(Collection<SourceLine> lines, ReferencePolicy policy) {
    List<Persons> services = byService(lines, policy);
    Persons most = services.stream().reduce(NOBODY, (one, other) -> most(one, other));
    return most.numerator().signum() > 0
        ? least(sum(services), most.times(policy.servicesPerPerson()))
        : of(lines.stream().mapToLong(SourceLine::bare).sum(), policy.linesPerPerson());
  }

  /** The sum over the services. */
  static Persons uncapped(Collection<SourceLine> lines, ReferencePolicy policy) {
    return sum(byService(lines, policy));
  }

  private static List<Persons> byService(Collection<SourceLine> lines, ReferencePolicy policy) {
    Map<String, Long> quantities = new TreeMap<>();
    Map<String, Long> counts = new TreeMap<>();
    for (SourceLine line : lines) {
      quantities.merge(line.service(), line.quantity(), Math::addExact);
      counts.merge(line.service(), line.count(), Math::addExact);
    }
    List<Persons> services = new ArrayList<>();
    for (String service : quantities.keySet()) {
      Persons found = of(Math.abs(quantities.get(service)), policy.actsPerPerson(service));
      Optional<Integer> perPerson = policy.countsPerPerson(service);
      services.add(
          perPerson.isPresent()
              ? least(found, of(Math.abs(counts.get(service)), perPerson.get()))
              : found);
    }
    return services;
  }

  private static Persons sum(List<Persons> services) {
    return services.stream().reduce(NOBODY, Persons::plus);
  }

  private static Persons most(Persons one, Persons other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  static Persons least(Persons one, Persons other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  Persons plus(Persons other) {
    BigInteger sum =
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator));
    BigInteger product = denominator.multiply(other.denominator);
    BigInteger common = sum.gcd(product);
    return new Persons(sum.divide(common), product.divide(common));
  }

  Persons times(long factor) {
    return new Persons(numerator.multiply(BigInteger.valueOf(factor)), denominator);
  }

  boolean atLeast(long count) {
    return compareTo(of(count)) >= 0;
  }

  /** The next whole number of persons. */
  long roundedUp() {
    return -numerator.negate().divide(denominator).longValueExact()
        + (numerator.mod(denominator).signum() == 0 ? 0 : 1);
  }

  long wholePersons() {
    return numerator.divide(denominator).longValueExact();
  }

  @Override
  public int compareTo(Persons other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }
}
