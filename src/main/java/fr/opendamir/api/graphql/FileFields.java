package fr.opendamir.api.graphql;

import fr.opendamir.query.FileShelf;
import fr.opendamir.query.Release;
import fr.opendamir.query.ReleaseFile;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** The files of releases, and their fields. */
@ApplicationScoped
class FileFields {
  /** A file and the release whose address it has. */
  private record Located(Release release, ReleaseFile file) {}

  private final FileShelf shelf;

  FileFields(FileShelf shelf) {
    this.shelf = shelf;
  }

  void addTo(Fetchers fetchers) {
    fetchers
        .type("Release", Release.class)
        .field("files", (release, environment) -> Fetchers.stage(files(release)));
    fetchers
        .type("ReleaseFile", Located.class)
        .field(
            "address",
            located -> "/v1/releases/" + located.release().id() + "/files/" + located.file().name())
        .field("bytes", located -> located.file().bytes())
        .field("kind", located -> located.file().kind().name().toLowerCase(Locale.ROOT))
        .field("month", located -> located.file().month().map(Object::toString).orElse(null))
        .field("name", located -> located.file().name())
        .field("rows", located -> located.file().rows())
        .field("sha256", located -> located.file().sha256());
  }

  private Uni<List<Located>> files(Release release) {
    return shelf.isOpen()
        ? shelf
            .files(release)
            .map(found -> found.files().stream().map(file -> new Located(release, file)).toList())
        : Uni.createFrom().item(List.of());
  }
}
