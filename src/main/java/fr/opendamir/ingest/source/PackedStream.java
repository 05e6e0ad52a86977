package fr.opendamir.ingest.source;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** The text of a file, which may be packed once or twice, with the position in the file on disk. */
public final class PackedStream extends FilterInputStream {
  private static final int BUFFER = 1 << 16;

  private final Position position;

  private PackedStream(InputStream text, Position position) {
    super(text);
    this.position = position;
  }

  /** Opens a file that is packed as {@link MonthlyFile#packings} says, from the outside. */
  static PackedStream open(Path path, List<Packing> packings) throws IOException {
    Position position = new Position(Files.newInputStream(path));
    try {
      InputStream text = new BufferedInputStream(position, BUFFER);
      for (Packing packing : packings) {
        text =
            packing == Packing.GZIP
                ? inflated(text)
                : new BufferedInputStream(onlyEntry(text), BUFFER);
      }
      return new PackedStream(text, position);
    } catch (IOException e) {
      position.close();
      throw e;
    }
  }

  /** Inflates a gzip stream, see {@link MonthlyFile#inflated}. */
  static InputStream inflated(InputStream raw) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(raw)
        .setDecompressConcatenated(true)
        .get();
  }

  /** Reading to the end checks length and checksum of the entry. */
  private static InputStream onlyEntry(InputStream raw) throws IOException {
    ZipInputStream archive = new ZipInputStream(raw);
    for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
      if (!entry.isDirectory() && !isMacOsMetadata(entry.getName())) {
        return archive;
      }
    }
    throw new IOException("it has no entry");
  }

  /** Whether an entry is what macOS puts beside the files of an archive. */
  static boolean isMacOsMetadata(String name) {
    return name.startsWith("__MACOSX/");
  }

  /** Number of bytes of the file on disk that were read so far. */
  long bytesRead() {
    return position.bytes;
  }

  /** Counts what is read from the disk. */
  private static final class Position extends FilterInputStream {
    private long bytes;

    Position(InputStream raw) {
      super(raw);
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      bytes += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int read = in.read(target, from, length);
      bytes += Math.max(0, read);
      return read;
    }
  }
}
