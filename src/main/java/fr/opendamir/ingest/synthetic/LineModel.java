package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Draws whole lines of a month: an atom of the pool, then what varies from line to line. */
final class LineModel {

  /** The fields of an atom that are columns as they are. */
  private static final AtomField[] FIELDS =
      Arrays.stream(AtomField.values())
          .filter(field -> field.column() != null)
          .toArray(AtomField[]::new);

  private final List<Service> services;
  private final List<Facility> facilities;
  private final AtomPool pool;
  private final int processingMonth;
  private final CareMonthDraw careMonths;
  private final PlaceDraw places = new PlaceDraw();
  private final PrescriberDraw prescribers = new PrescriberDraw(places);
  private final StatusDraw status = new StatusDraw();
  private final StayDraw stays = new StayDraw();
  private final RateDraw rates = new RateDraw();
  private final AmountDraw amounts;

  private LineModel(
      SyntheticMonth month, List<Service> services, List<Facility> facilities, AtomPool pool) {
    this.services = services;
    this.facilities = facilities;
    this.pool = pool;
    this.processingMonth = month.month().getYear() * 100 + month.month().getMonthValue();
    this.careMonths = new CareMonthDraw(month.month());
    this.amounts = new AmountDraw(month.lines());
  }

  /** The model of a month; {@code seed} decides which atoms exist. */
  static LineModel of(SyntheticMonth month, long seed) {
    List<Service> services = Service.list();
    List<Facility> facilities = Facility.list();
    AtomPool pool =
        AtomPool.create(
            new AtomModel(services, facilities),
            Margin.list(services, facilities),
            month.lines(),
            seed);
    return new LineModel(month, services, facilities, pool);
  }

  /** Fills {@code line}; safe from several threads, each with its own line and random numbers. */
  void draw(SplittableRandom random, Line line) {
    int index = pool.drawIndex(random);
    long atom = pool.atom(index);
    Facility facility = facilities.get(AtomField.FACILITY.index(atom));
    line.start(
        services.get(AtomField.SERVICE.index(atom)),
        RowType.at(AtomField.ROW_TYPE.index(atom)),
        facility,
        pool.logExpectedLines(index),
        pool.popularity(index));
    copy(atom, facility, line);
    careMonths.draw(random, Lag.at(AtomField.LAG.index(atom)), line);
    places.draw(random, line);
    prescribers.draw(random, line);
    status.draw(random, line);
    stays.draw(random, line);
    rates.draw(random, line);
    amounts.draw(random, line);
  }

  private void copy(long atom, Facility facility, Line line) {
    for (AtomField field : FIELDS) {
      line.set(field.column(), field.code(atom));
    }
    line.set(SourceColumn.FLX_ANN_MOI, processingMonth);
    line.set(SourceColumn.PRS_NAT, line.service().code());
    line.set(SourceColumn.PRS_REM_TYP, line.type().code());
    line.set(SourceColumn.ETE_CAT_SNDS, facility.category());
    line.set(SourceColumn.ETE_TYP_SNDS, facility.type());
    line.set(SourceColumn.MFT_COD, facility.tariff());
    line.set(SourceColumn.ETE_IND_TAA, facility.activityPayment());
    line.set(SourceColumn.PRS_PPU_SEC, facility.sector());
  }
}
