package fr.opendamir.attack;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reasons that the block of which nothing is disclosed is one that was safe, and at most ten acts
 * that no other block could take: if it has twelve, these are one act.
 */
final class LastMerge implements FigureAttack {
  private static final long THRESHOLD = 11;

  /** The update that makes of blocks of atoms what {@link #asPublishedBefore} is. */
  static final String PUBLISHED_BEFORE =
      FullMonth.DIMENSIONS.stream().map(name -> name + " = 'ND'").collect(joining(", "))
          + " WHERE region IN ('53', '93')";

  @Override
  public String name() {
    return "What the last merge joined";
  }

  /** A month with a block of eleven that has given up its sex, and one act elsewhere. */
  static FullMonth month() {
    FullMonth month = new FullMonth("2024-04");
    int acts = 15;
    for (String region : List.of("11", "24", "84")) {
      for (String sex : List.of("1", "2")) {
        for (String service : List.of("1110", "1111", "1117")) {
          month.add(
              acts++, "38.00", FullMonth.codes("region", region, "sex", sex, "service", service));
        }
      }
    }
    month.lines().addAll(eleven());
    month.lines().add(elsewhere());
    return month;
  }

  /** The month as it was published when the first block of eleven was good enough for the merge. */
  static WholeTable asPublishedBefore() {
    FullMonth month = month();
    List<FullLine> merged = new ArrayList<>(eleven());
    merged.add(elsewhere());
    month.lines().removeAll(merged);
    Map<String, String> codes = FullMonth.codes();
    codes.replaceAll((dimension, code) -> "ND");
    return WholeTable.of(month.lines()).and(merged, codes);
  }

  private static List<FullLine> eleven() {
    FullMonth eleven = new FullMonth("2024-04");
    Map<String, String> codes = FullMonth.codes("region", "53", "service", "1316");
    eleven.single(6, "41.00", codes);
    codes.put("sex", "1");
    return eleven.single(5, "41.00", codes).lines();
  }

  private static FullLine elsewhere() {
    return new FullMonth("2024-04")
        .single(1, "77.00", FullMonth.codes("region", "93", "service", "1320", "age_band", "80"))
        .lines()
        .get(0);
  }

  @Override
  public AttackResult run(PublishedFigures figures, FullMonth month) {
    Score score = new Score(name(), figures::questions).claimingCertainty();
    long acts =
        figures.rows(figures.finest()).stream()
            .filter(row -> row.codes().values().stream().allMatch(PublishedTable::isNotDisclosed))
            .flatMap(row -> row.quantity().stream())
            .mapToLong(BigDecimal::longValue)
            .sum();
    month
        .cells(List.of("region"))
        .forEach(
            (cell, lines) -> {
              long truth = lines.stream().mapToLong(FullLine::acts).sum();
              if (TrueCell.isSmall(truth)) {
                score.cell(
                    new TrueCell(List.of("region"), cell, truth),
                    acts == THRESHOLD + 1 ? OptionalLong.of(1) : OptionalLong.empty());
              }
            });
    return score.result();
  }
}
