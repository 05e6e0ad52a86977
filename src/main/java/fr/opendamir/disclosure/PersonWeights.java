package fr.opendamir.disclosure;

import java.util.Map;

/**
 * How many acts, payments or lines one person accounts for: the estimate behind the number of
 * contributors.
 *
 * @param actsPerPerson for each group of services, how many acts of that kind one person typically
 *     has in a month
 * @param undocumentedActsPerPerson the same number for services in no group; the largest value is
 *     the safest
 * @param countsPerPerson for groups whose quantity is kilometres or days, how many trips, stays or
 *     payments one person typically has; the smaller estimate counts
 * @param linesPerPerson how many lines without any quantity stand for one person
 * @param servicesPerPerson a set counts at most this many times the contributors of its largest
 *     service, because one person can have acts of several services
 */
public record PersonWeights(
    Map<String, Integer> actsPerPerson,
    int undocumentedActsPerPerson,
    Map<String, Integer> countsPerPerson,
    int linesPerPerson,
    int servicesPerPerson) {

  public PersonWeights {
    actsPerPerson = Map.copyOf(actsPerPerson);
    countsPerPerson = Map.copyOf(countsPerPerson);
    actsPerPerson.forEach((group, acts) -> require("acts_per_person of " + group, acts));
    require("acts_per_person of undocumented", undocumentedActsPerPerson);
    countsPerPerson.forEach((group, counts) -> require("counts_per_person of " + group, counts));
    require("lines_per_person", linesPerPerson);
    require("services_per_person", servicesPerPerson);
  }

  private static void require(String name, int value) {
    if (value < 1 || value > 1000) {
      throw new IllegalArgumentException(name + " must be in 1..1000, not " + value);
    }
  }
}
