package fr.opendamir.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The data set of a release as files: a file of blocks for each import, and derived files.
 *
 * @param files blocks first, oldest month first
 */
public record ReleaseFiles(Release release, List<ReleaseFile> files) {
  public ReleaseFiles {
    files = List.copyOf(files);
  }

  /**
   * The files of blocks of a release, oldest month first.
   *
   * @throws DataUnavailableException if an import has no segment yet
   */
  public static List<ReleaseFile> blocks(Release release) {
    List<ReleaseFile> blocks = new ArrayList<>();
    for (ReleaseMonth month : release.months()) {
      for (int i = 0; i < month.imports().size(); i++) {
        ReleaseImport stored = month.imports().get(i);
        Segment segment =
            stored
                .blockSegment()
                .orElseThrow(
                    () ->
                        new DataUnavailableException(
                            DataUnavailableException.Part.RELEASE,
                            new IllegalStateException(
                                "an import has no segment: run the command migrate")));
        blocks.add(ReleaseFile.of(month.month(), i, stored, segment));
      }
    }
    return blocks;
  }

  public Optional<ReleaseFile> find(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** The file that has a name in every release. */
  public Optional<ReleaseFile> findLatest(String name) {
    return files.stream().filter(file -> file.latestName().equals(name)).findFirst();
  }

  /** The name of the file that is most like a name: of the same month, or of the same kind. */
  public Optional<String> nearest(String name) {
    return files.stream()
        .filter(file -> name.startsWith(file.resource()))
        .max(Comparator.comparingInt(file -> file.resource().length()))
        .map(ReleaseFile::name);
  }
}
