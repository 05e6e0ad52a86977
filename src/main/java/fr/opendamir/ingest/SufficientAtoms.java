package fr.opendamir.ingest;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.opendamir.catalog.SourceMeasure;
import fr.opendamir.disclosure.DisclosurePolicy;
import fr.opendamir.disclosure.PolicyDocument;
import fr.opendamir.ingest.aggregate.ArchivedFiles;
import fr.opendamir.ingest.aggregate.AtomTotals;
import fr.opendamir.ingest.aggregate.SegmentWriter;
import fr.opendamir.ingest.port.ImportRefusedException;
import fr.opendamir.ingest.port.ImportSession;
import fr.opendamir.ingest.port.PublishedImport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the archived atoms from which published months can be protected under another policy. */
final class SufficientAtoms {
  private static final JsonMapper JSON = new JsonMapper();

  private final DisclosurePolicy policy;
  private final ImportOptions options;
  private final ImportSession session;
  private final Path scratch;

  /**
   * Searches the archive of a session.
   *
   * @param policy the policy in force
   * @param scratch an empty folder for spilled data
   */
  SufficientAtoms(
      DisclosurePolicy policy, ImportOptions options, ImportSession session, Path scratch) {
    this.policy = policy;
    this.options = options;
    this.session = session;
    this.scratch = scratch;
  }

  /**
   * Returns the archived atoms of each month.
   *
   * @throws ImportRefusedException if the atoms of any month do not suffice; the message says why,
   *     and names the files to import instead
   */
  List<ArchivedMonth> require(List<PublishedImport> months) {
    List<ArchivedMonth> sufficient = new ArrayList<>();
    Map<PublishedImport, String> others = new LinkedHashMap<>();
    for (PublishedImport month : months) {
      Map<SourceMeasure, Long> totals = published(month);
      Optional<Path> atoms =
          options
              .archiveFolder()
              .flatMap(folder -> new AtomFolder(folder).find(month))
              .map(ArchivedFiles::atoms);
      if (atoms.isEmpty()) {
        others.put(month, "its atoms are not in the archive");
      } else if (!hasSameActsPerPerson(month)) {
        others.put(month, "its atoms were summed with other acts per person");
      } else if (!addUp(atoms.get(), month, totals)) {
        others.put(month, "its atoms do not add up to what is published");
      } else {
        sufficient.add(new ArchivedMonth(month, atoms.get(), totals));
      }
    }
    if (!others.isEmpty()) {
      throw new ImportRefusedException(message(months, others));
    }
    return sufficient;
  }

  /**
   * Atoms hold the largest amounts of lines of few acts; acts per person decide which lines these
   * are.
   */
  private boolean hasSameActsPerPerson(PublishedImport month) {
    JsonNode inForce = json(PolicyDocument.of(policy).json());
    return session
        .policyDocument(month.policyId())
        .map(SufficientAtoms::json)
        .filter(
            earlier ->
                Stream.of("acts_per_person", "acts_per_person_undocumented")
                    .allMatch(name -> Objects.equals(earlier.get(name), inForce.get(name))))
        .isPresent();
  }

  private Map<SourceMeasure, Long> published(PublishedImport month) {
    try (SegmentWriter segments = new SegmentWriter(MonthReading.settings(options, scratch))) {
      return segments.sums(session.writeSegments(month.id(), scratch)).totals();
    }
  }

  private boolean addUp(Path atoms, PublishedImport month, Map<SourceMeasure, Long> totals) {
    return AtomTotals.read(atoms, MonthReading.settings(options, scratch))
        .filter(sums -> sums.lines() == month.lines() && sums.totals().equals(totals))
        .isPresent();
  }

  private String message(List<PublishedImport> months, Map<PublishedImport, String> others) {
    return "the archive"
        + options.archiveFolder().map(folder -> " " + folder).orElse(", which is disabled,")
        + " does not suffice to protect the published months again under "
        + policy.id()
        + ": "
        + others.entrySet().stream()
            .map(month -> month.getKey().month() + ": " + month.getValue())
            .collect(joining("; "))
        + ". Nothing was changed. Import the files of all these months again, in one command, with"
        + " the options of their first import: import "
        + months.stream().map(PublishedImport::fileName).collect(joining(" "));
  }

  private static JsonNode json(String document) {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored disclosure policy cannot be read", e);
    }
  }
}
