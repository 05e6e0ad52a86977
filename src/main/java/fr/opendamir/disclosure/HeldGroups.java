package fr.opendamir.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules that hold a group back although it has enough contributors, as SQL: its atoms stay
 * pending for the next recoding. A group is held back
 *
 * <ul>
 *   <li>if one line has too large a share of its amounts;
 *   <li>if it is made of atoms that are too small themselves, and has so nearly the maximum for
 *       their number that it reveals each of them ({@link PartsRule});
 *   <li>in a revision, if it and published blocks would leave too few contributors ({@link
 *       RevisionSql}).
 * </ul>
 *
 * <p>Reads {@code found} and {@code member} ({@link SafeGroups}); removes the groups from {@code
 * member}.
 */
final class HeldGroups {
  /** Drops the tables of one search for groups. */
  static final List<String> DROPS =
      Stream.of("found", "judged", "held", "near").map("DROP TABLE IF EXISTS "::concat).toList();

  private final Stage stage;
  private final int largestShare;
  private final PartsRule partsRule;
  private final SharedCodes codes;
  private final AtomRows rows;
  private final Optional<RevisionSql> revision;

  /**
   * Renders the rules of a stage.
   *
   * @param largestShare see {@link DisclosurePolicy#largestShare}
   */
  HeldGroups(
      Stage stage,
      int largestShare,
      PartsRule partsRule,
      SharedCodes codes,
      AtomRows rows,
      Optional<RevisionSql> revision) {
    this.stage = stage;
    this.largestShare = largestShare;
    this.partsRule = partsRule;
    this.codes = codes;
    this.rows = rows;
    this.revision = revision;
  }

  /**
   * Holds back atoms, and marks them as {@code large}. In a revision {@code member_row} and {@code
   * safe} are created too ({@link SharedCodes}).
   */
  List<String> holdBackAtoms() {
    List<String> statements = new ArrayList<>(List.of(judged()));
    List<String> selections = new ArrayList<>(List.of(dominated()));
    revision.ifPresent(
        rules -> {
          statements.addAll(codes.ofGroups(SafeGroups.ATOM));
          statements.add(rules.match(rows.names().toList()));
          selections.add(rules.held(stage));
        });
    statements.addAll(holdBack(selections, "large = true"));
    return statements;
  }

  /**
   * Holds back groups of a recoding, and notes it in {@code held_at} of their atoms. In a revision
   * {@code member_row} and {@code safe} are created too ({@link SharedCodes}).
   *
   * @param keys of the recoding
   * @param earlier the keys of the recodings before it
   */
  List<String> holdBackGroups(List<String> keys, List<List<String>> earlier) {
    List<String> statements = new ArrayList<>(List.of(judged(), partsRule.near()));
    List<String> selections =
        new ArrayList<>(List.of(dominated(), partsRule.crowded(keys, earlier)));
    revision.ifPresent(
        rules -> {
          statements.addAll(codes.ofGroups(keys));
          statements.add(rules.match(keys));
          selections.add(rules.held(stage));
          selections.add(rules.oneAtom());
        });
    statements.addAll(
        holdBack(selections, "held_at = held_at | %d".formatted(1L << earlier.size())));
    return statements;
  }

  /** What decides about the groups, apart from the rules of a revision. */
  private static String judged() {
    return """
    -- name: what decides about these groups
    CREATE TABLE judged AS
    SELECT candidate, uncapped, large, charged, reimbursed, top_charged, top_reimbursed
    FROM found JOIN (
      SELECT candidate, bool_or(large) AS large, sum(charged) AS charged,
        sum(reimbursed) AS reimbursed, max(top_charged) AS top_charged,
        max(top_reimbursed) AS top_reimbursed
      FROM member GROUP BY candidate) USING (candidate)
    """;
  }

  /** Selects the candidates of which one line has too large a share. */
  private String dominated() {
    return """
    SELECT candidate FROM judged
    WHERE top_charged * 100 > abs(charged) * %d OR top_reimbursed * 100 > abs(reimbursed) * %d
    """
        .formatted(largestShare, largestShare);
  }

  /**
   * Removes the held groups from {@code member}; their atoms stay in {@code pending}.
   *
   * @param selections queries for candidates
   * @param mark the assignment that marks their atoms in {@code pending}
   */
  private static List<String> holdBack(List<String> selections, String mark) {
    return List.of(
        "-- name: groups that are held back\nCREATE TABLE held AS "
            + String.join(" UNION ", selections),
        "UPDATE pending SET %s WHERE atom IN (SELECT atom FROM member JOIN held USING (candidate))"
            .formatted(mark),
        "DELETE FROM member WHERE candidate IN (SELECT candidate FROM held)");
  }
}
