package fr.opendamir.ops;

import java.nio.file.Path;

/** Another live process holds the folder of the embedded database. */
public final class FolderInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FolderInUseException(Path folder, String holder) {
    super(
        "the database folder "
            + folder
            + " is in use by another Open DAMIR process (pid "
            + holder
            + "); stop it, or choose another folder with opendamir.database.folder");
  }
}
