package fr.opendamir.format;

import fr.opendamir.format.parquet.ParquetFile;
import fr.opendamir.table.AnswerTable;
import fr.opendamir.table.Row;
import java.util.List;

/**
 * A Parquet file: codes as texts, amounts as decimals, quantities as integers, ratios as doubles,
 * periods as texts and as the date of their first day. The metadata of the file say what the answer
 * is. No byte leaves before the last row is there, because the file ends with its directory.
 */
final class ParquetFormat implements AnswerFormat {
  @Override
  public String id() {
    return "parquet";
  }

  @Override
  public String mediaType() {
    return "application/vnd.apache.parquet";
  }

  @Override
  public String description() {
    return "A Parquet file (zstd) with typed columns and metadata about the answer";
  }

  @Override
  public boolean isStreamable() {
    return true;
  }

  @Override
  public boolean isCompressible() {
    return false;
  }

  @Override
  public boolean mayBlock() {
    return true;
  }

  /** Another version of the library may write other bytes. */
  @Override
  public boolean isReproducible() {
    return false;
  }

  @Override
  public RowEncoder encoder(AnswerTable table) {
    return new Encoder(new ParquetFile(table));
  }

  private record Encoder(ParquetFile file) implements RowEncoder {
    @Override
    public byte[] write(List<Row> next) {
      file.add(next);
      return NOTHING;
    }

    @Override
    public byte[] end() {
      return file.read();
    }

    @Override
    public void cancel() {
      file.cancel();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
