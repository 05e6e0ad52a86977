package fr.opendamir.ops;

import java.nio.file.Path;

/** Other users of the machine may write, or read, where only this one may. */
public final class UnsafeFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private UnsafeFolderException(String message) {
    super(message);
  }

  static UnsafeFolderException writable(Path folder, String permissions) {
    return new UnsafeFolderException(
        "other users may write to the folder "
            + folder
            + " ("
            + permissions
            + "), and programs in it run as this one: look whether everything in it is yours, then"
            + " chmod 700 "
            + folder);
  }

  static UnsafeFolderException ofAnother(Path folder, String owner) {
    return new UnsafeFolderException(
        "the folder "
            + folder
            + " belongs to "
            + owner
            + ", not to the user of this process: run as its owner, give it to this user (chown),"
            + " or name a folder inside it, which is then made, with opendamir.database.folder");
  }

  static UnsafeFolderException link(Path folder) {
    return new UnsafeFolderException(
        folder + " is a link to elsewhere; remove it, and a folder is made in its place");
  }

  static UnsafeFolderException secret(Path file) {
    return new UnsafeFolderException(
        "other users may read the password file " + file + ": chmod 600 " + file);
  }
}
