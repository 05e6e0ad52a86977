package fr.opendamir.ingest.aggregate;

import fr.opendamir.disclosure.ChangeRulesSql;
import fr.opendamir.disclosure.CodeColumn;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.GroupSearch;
import fr.opendamir.disclosure.Groups;
import fr.opendamir.disclosure.LostLayers;
import fr.opendamir.disclosure.Members;
import fr.opendamir.disclosure.NewBlocks;
import fr.opendamir.disclosure.Recoding;
import fr.opendamir.disclosure.SafeBlockSql;
import fr.opendamir.disclosure.Stage;
import fr.opendamir.disclosure.StageAtoms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Runs one stage of the safe-block algorithm, see {@link SafeBlockSql}. */
final class StageProtection {
  private final DuckDbSession session;
  private final AtomExchange exchange;
  private final SafeBlockSql sql;
  private final DisclosurePolicy policy;
  private final ContributorWeights weights;
  private final List<CodeColumn> columns;
  private final int ordinal;

  /**
   * Prepares a stage.
   *
   * @param ordinal of the blocks that are made
   */
  StageProtection(
      DuckDbSession session,
      AtomExchange exchange,
      SafeBlockSql sql,
      DisclosurePolicy policy,
      ContributorWeights weights,
      List<CodeColumn> columns,
      int ordinal) {
    this.session = session;
    this.exchange = exchange;
    this.sql = sql;
    this.policy = policy;
    this.weights = weights;
    this.columns = columns;
    this.ordinal = ordinal;
  }

  /**
   * Makes blocks of atoms.
   *
   * @param pieces receives the layers that the blocks lose
   */
  void run(Stage stage, StageAtoms atoms, StageAtoms pieces) {
    NewBlocks blocks =
        new NewBlocks(
            stage,
            exchange.codes(),
            new LostLayers(policy, weights, exchange.services(), sql.isRevision()),
            pieces);
    sql.rules()
        .ifPresent(
            rules -> {
              int[] all = IntStream.range(0, atoms.size()).toArray();
              exchange.hand(atoms, all, table -> session.run(rules.atoms(table)));
            });
    Found found = search(stage, atoms, blocks);
    if (!sql.isRevision()) {
      UnusedMemory.giveBack(atoms.size());
      blocks.make(atoms, found.members, Optional.empty(), block -> 0, exchange::write);
    }
    new RemainderMerge(
            session, exchange, sql, policy, columns, weights, ordinal, blocks, found.lastBlock)
        .merge(stage, atoms, found.pending.toArray());
    session.run("DROP TABLE IF EXISTS atom_row");
  }

  /**
   * What a search has found; the search itself takes much memory.
   *
   * @param members of all blocks
   * @param pending atoms that no recoding has made safe
   * @param lastBlock the greatest number of a block
   */
  private record Found(Members members, IntStream pending, long lastBlock) {}

  private Found search(Stage stage, StageAtoms atoms, NewBlocks blocks) {
    long before = session.number(sql.lastBlock());
    GroupSearch search = new GroupSearch(atoms, weights, policy, before);
    // What is taken out of a block has too few contributors by itself.
    if (stage == Stage.BLOCKS) {
      accept(stage, atoms, search, search.single(), Optional.empty(), blocks);
    }
    for (Recoding recoding : policy.recodings()) {
      if (!search.isDone()) {
        Groups groups = search.recoded(sql.mask(stage, recoding));
        accept(stage, atoms, search, groups, Optional.of(recoding), blocks);
      }
    }
    Members members = new Members(before + 1, search.lastBlock(), search::forEachInBlock);
    return new Found(members, search.pending(), search.lastBlock());
  }

  /** In a revision, whose rules read blocks that are made, the blocks are made at once. */
  private void accept(
      Stage stage,
      StageAtoms atoms,
      GroupSearch search,
      Groups groups,
      Optional<Recoding> recoding,
      NewBlocks blocks) {
    if (sql.rules().isEmpty() || groups.isEmpty()) {
      search.accept(groups);
      return;
    }
    ChangeRulesSql rules = sql.rules().get();
    exchange.handMembers(
        groups,
        members ->
            exchange.hand(
                ChangeRulesSql.HEAD_COLUMNS,
                blocks.heads(atoms, groups),
                heads -> rules.of(stage, recoding, members, heads).forEach(session::run)));
    session.forEach(ChangeRulesSql.HELD, row -> groups.holdBack(row.getLong(1)));
    Map<Long, Long> lost = new HashMap<>();
    if (stage == Stage.BLOCKS) {
      session.forEach(
          rules.lostLayers(policy, recoding.isEmpty()),
          row -> lost.put(row.getLong(1), row.getLong(2)));
    }
    rules.end().forEach(session::run);
    search.accept(groups);
    blocks.make(
        atoms,
        new Members(groups.firstBlock(), search.lastBlock(), search::forEachInBlock),
        groups.mask(),
        block -> lost.getOrDefault(block, 0L),
        exchange::write);
  }
}
