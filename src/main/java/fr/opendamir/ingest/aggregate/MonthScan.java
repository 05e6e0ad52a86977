package fr.opendamir.ingest.aggregate;

import fr.opendamir.catalog.Catalog;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.ContributorWeights;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.ingest.source.CodeDictionary;
import fr.opendamir.ingest.source.InvalidSourceFileException;
import fr.opendamir.ingest.source.MonthlyFile;
import fr.opendamir.ingest.source.ReadLine;
import fr.opendamir.ingest.source.RequiredColumns;
import fr.opendamir.ingest.source.SourceColumn;
import fr.opendamir.ingest.source.StrictReader;
import fr.opendamir.ingest.source.StrictReading;
import java.util.Arrays;
import java.util.Set;

/** Reads a file and sums its lines into atoms: the table {@code line_sum}. */
final class MonthScan {
  private static final int SERVICES = RequiredColumns.CODES.indexOf(SourceColumn.PRS_NAT);

  /** Atoms have one part of the memory; the database has the other, for what was handed over. */
  private static final int PARTS_OF_MEMORY = 2;

  private final MonthlyFile file;
  private final DuckDbSession session;
  private final Catalog catalog;
  private final ContributorWeights weights;
  private final int undocumentedActs;
  private final AtomTable atoms;
  private final StrictReader reader;
  private final AtomTransfer transfer;
  private final CodeDictionary services;
  private long[] quantitiesOfFew = new long[0];

  /**
   * Prepares a scan.
   *
   * @param memoryBytes memory for atoms here and in the database
   * @param progress receives the number of lines read so far and the share of the file, 0..1
   */
  MonthScan(
      MonthlyFile file,
      DuckDbSession session,
      Catalog catalog,
      DisclosurePolicy policy,
      ContributorWeights weights,
      long memoryBytes,
      ScanProgress progress) {
    this.file = file;
    this.session = session;
    this.catalog = catalog;
    this.weights = weights;
    this.undocumentedActs = policy.weights().undocumentedActsPerPerson();
    this.atoms = new AtomTable(memoryBytes / PARTS_OF_MEMORY, SERVICES);
    double size = file.size();
    this.reader =
        new StrictReader(
            file, this::add, (lines, bytes) -> progress.read(lines, Math.min(1, bytes / size)));
    this.transfer =
        new AtomTransfer(session, CodeColumns.of(catalog, Set.of()), reader.dictionaries());
    this.services = reader.dictionaries().get(SERVICES);
  }

  /**
   * Reads the file.
   *
   * @throws InvalidSourceFileException when a line is wrong; the message says which and why
   */
  StrictReading run() {
    StrictReading reading;
    try {
      reading = reader.read();
    } catch (TooManyCodesException e) {
      throw new InvalidSourceFileException(
          file.path(),
          "its columns of codes hold more different values than any month has: are amounts or"
              + " names in their place?",
          e);
    }
    atoms.flush();
    transfer.append(atoms);
    transfer.finish(CodeColumns.of(catalog, reading.wordColumns()));
    checkTotals(reading);
    return reading;
  }

  private void add(ReadLine line) {
    if (atoms.isFull()) {
      transfer.append(atoms);
      atoms.clear();
    }
    int service = line.code(SERVICES);
    if (service >= quantitiesOfFew.length) {
      learnServices();
    }
    atoms.add(line, Math.abs(line.measure(SourceMeasure.QUANTITY)) <= quantitiesOfFew[service]);
  }

  /** Computes up to which quantity a line may be of one or two persons, for each service so far. */
  private void learnServices() {
    int known = quantitiesOfFew.length;
    quantitiesOfFew = Arrays.copyOf(quantitiesOfFew, services.size());
    for (int i = known; i < quantitiesOfFew.length; i++) {
      String code = services.code(i);
      quantitiesOfFew[i] =
          2L
              * (CodeDictionary.isPlainNumber(code)
                  ? weights.actsPerPerson(code)
                  : undocumentedActs);
    }
  }

  /** Checks that the atoms add up to the control totals of the reader. */
  private void checkTotals(StrictReading reading) {
    AtomTotals sums = AtomTotals.of(session, "line_sum");
    if (sums.lines() != reading.lines() || !sums.totals().equals(reading.totals())) {
      throw new IllegalStateException(
          "the atoms do not add up to the lines of the file; nothing was published");
    }
  }
}
