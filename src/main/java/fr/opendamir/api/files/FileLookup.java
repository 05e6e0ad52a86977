package fr.opendamir.api.files;

import fr.opendamir.api.http.ProblemType;
import fr.opendamir.catalog.Label;
import fr.opendamir.query.FileShelf;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseCatalog;
import fr.opendamir.query.ReleaseFile;
import fr.opendamir.query.ReleaseFiles;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds files by the names of their release and their own. */
@ApplicationScoped
class FileLookup {
  /** Instead of the name of a release. */
  private static final String LATEST = "latest";

  private final ReleaseCatalog releases;
  private final FileShelf shelf;

  FileLookup(ReleaseCatalog releases, FileShelf shelf) {
    this.releases = releases;
    this.shelf = shelf;
  }

  /**
   * Finds a file.
   *
   * @return fails with {@link UnknownFileException} if the release or the file does not exist
   */
  Uni<FileHeaders> find(String release, String name) {
    if (!shelf.isOpen()) {
      return Uni.createFrom().failure(notKept());
    }
    boolean isLatest = release.equals(LATEST);
    return (isLatest ? releases.latest() : releases.find(release))
        .chain(found -> shelf.files(found.orElseThrow(FileLookup::unknownRelease)))
        .chain(
            files ->
                isLatest && files.find(name).isEmpty()
                    ? findLatest(files, name)
                    : Uni.createFrom().item(() -> required(files, name)));
  }

  /**
   * Finds a file by a name that stays the same from release to release, such as {@code
   * cube-main.parquet}, for catalogues that list addresses.
   */
  private Uni<FileHeaders> findLatest(ReleaseFiles newest, String name) {
    return newest
        .findLatest(name)
        .map(file -> Uni.createFrom().item(new FileHeaders(newest.release(), file, false)))
        .orElseGet(() -> findEarlier(newest, name));
  }

  /**
   * Finds a file in the releases that are still served: a client that has read the list of the
   * newest release reads its files to the end after the next release is published.
   */
  private Uni<FileHeaders> findEarlier(ReleaseFiles newest, String name) {
    return releases
        .list()
        .map(
            all ->
                all.stream()
                    .flatMap(
                        release ->
                            known(release)
                                .filter(file -> file.name().equals(name))
                                .map(file -> new FileHeaders(release, file, true)))
                    .findFirst()
                    .orElseThrow(() -> unknown(newest, name)));
  }

  /** Does not make derived files: a misspelled name must not cause work for every release. */
  private Stream<ReleaseFile> known(Release release) {
    return shelf
        .remembered(release)
        .map(ReleaseFiles::files)
        .orElseGet(() -> ReleaseFiles.blocks(release))
        .stream();
  }

  private static FileHeaders required(ReleaseFiles files, String name) {
    return new FileHeaders(
        files.release(), files.find(name).orElseThrow(() -> unknown(files, name)), true);
  }

  private static UnknownFileException unknown(ReleaseFiles files, String name) {
    String list = "/v1/releases/" + files.release().id() + "/files";
    return new UnknownFileException(
        ProblemType.NOT_FOUND,
        new Label(
            "la version %s n'a pas de fichier de ce nom ; %s donne ses fichiers"
                .formatted(files.release().id(), list),
            "release %s has no file of this name; %s lists its files"
                .formatted(files.release().id(), list)),
        files.nearest(name));
  }

  private static UnknownFileException unknownRelease() {
    return new UnknownFileException(
        ProblemType.RELEASE_NOT_SERVED,
        new Label(
            "cette version n'est pas (ou plus) servie ; /v1/releases donne celles qui le sont, et"
                + " /v1/releases/latest/files les fichiers de la plus récente",
            "this release is not, or no longer, served; /v1/releases lists those that are, and"
                + " /v1/releases/latest/files the files of the newest"),
        Optional.empty());
  }

  private static UnknownFileException notKept() {
    return new UnknownFileException(
        ProblemType.NOT_FOUND,
        new Label(
            "ce service lit ses chiffres d'un autre moteur et ne garde pas de fichiers ;"
                + " /v1/aggregates répond aux questions",
            "this service reads its figures from another engine and has no files;"
                + " /v1/aggregates answers questions"),
        Optional.empty());
  }
}
