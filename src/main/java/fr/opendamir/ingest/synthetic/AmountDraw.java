package fr.opendamir.ingest.synthetic;

import fr.opendamir.ingest.source.SourceColumn;
import java.util.SplittableRandom;

/**
 * The thirteen measures of a line, and which of them the producer's filter keeps. Amounts are whole
 * cents; only the price level of a line is drawn as a floating number, then rounded.
 */
final class AmountDraw {

  /** What the pre-filtered measures repeat. */
  private enum Kept {
    ALL,
    REIMBURSEMENT,
    NOTHING
  }

  /** Share of supplementary shares among the lines of unknown row type, per thousand. */
  private static final int HIDDEN_SHARES = 40;

  /** Rates of such lines in the genuine extract. */
  private static final int[] SHARE_RATES = {30_00, 40_00, 35_00, 20_00, 15_00, 25_00, 39_20, 21_50};

  /** Sundays and nights of nurses and other auxiliaries come first, then those of physicians. */
  private static final int[] SUPPLEMENT_CENTS = {850, 915, 1820, 3500, 2260};

  private static final int AUXILIARY_SUPPLEMENTS = 2;

  private static final SourceColumn[][] TWINS = {
    {SourceColumn.PRS_ACT_COG, SourceColumn.FLT_ACT_COG},
    {SourceColumn.PRS_ACT_NBR, SourceColumn.FLT_ACT_NBR},
    {SourceColumn.PRS_ACT_QTE, SourceColumn.FLT_ACT_QTE},
    {SourceColumn.PRS_PAI_MNT, SourceColumn.FLT_PAI_MNT},
    {SourceColumn.PRS_DEP_MNT, SourceColumn.FLT_DEP_MNT}
  };

  private final QuantityDraw quantities;

  /** Draws for a month of so many lines. */
  AmountDraw(long lines) {
    quantities = new QuantityDraw(lines);
  }

  /** Sets the measures; the rate changes too on lines that hide a supplementary share. */
  void draw(SplittableRandom random, Line line) {
    long acts = quantities.draw(random, line);
    Kept kept =
        switch (line.service().family().kind()) {
          case PARTICIPATION -> deduction(random, line, acts);
          case CASH -> cash(random, line, acts);
          case FLAT -> flat(random, line, acts);
          case CARE, HOSPITAL -> care(random, line, acts);
        };
    for (SourceColumn[] twins : TWINS) {
      line.setAmount(twins[1], kept == Kept.ALL ? line.amount(twins[0]) : 0);
    }
    line.setAmount(
        SourceColumn.FLT_REM_MNT, kept == Kept.NOTHING ? 0 : line.amount(SourceColumn.PRS_REM_MNT));
  }

  private static Kept deduction(SplittableRandom random, Line line, long acts) {
    long amount = -total(random, line.service(), acts);
    if (acts > 4 && random.nextInt(100) < 4) {
      // The daily or yearly ceiling bites.
      amount += -amount * random.nextInt(1, 6) / 100;
    }
    money(line, 0, 0, 0, amount);
    return Kept.ALL;
  }

  private static Kept cash(SplittableRandom random, Line line, long acts) {
    long amount = total(random, line.service(), acts);
    money(line, 0, 0, amount, amount);
    return Kept.ALL;
  }

  private static Kept flat(SplittableRandom random, Line line, long acts) {
    long amount = total(random, line.service(), acts);
    money(line, amount, 0, 0, amount);
    return Kept.NOTHING;
  }

  private static Kept care(SplittableRandom random, Line line, long acts) {
    Service service = line.service();
    long price = total(random, service, acts);
    long tariff = price;
    long charge = price;
    long overcharge = 0;
    boolean physiciansFee = service.family().overchargeShare() > 0;
    if (service.base() > 0) {
      tariff = acts * service.base();
      charge = Math.abs(price) < Math.abs(tariff) ? tariff : price;
      overcharge = physiciansFee ? charge - tariff : 0;
    } else if (random.nextDouble() < service.family().overchargeShare()) {
      overcharge = tariff * random.nextInt(8, 120) / 100;
      charge = tariff + overcharge;
    } else if (!physiciansFee && isDevice(service) && random.nextInt(100) < 40) {
      charge = tariff + tariff * random.nextInt(5, 60) / 100;
    }
    return settle(random, line, acts, tariff, charge, overcharge);
  }

  private static Kept settle(
      SplittableRandom random, Line line, long acts, long tariff, long charge, long overcharge) {
    boolean unknown = line.type() == RowType.UNKNOWN;
    if (line.code(SourceColumn.CPL_COD) != 0) {
      int choices = line.isPhysician() ? SUPPLEMENT_CENTS.length : AUXILIARY_SUPPLEMENTS;
      // No more than the act itself: many acts of nurses cost less than going there at night.
      long cents =
          Math.min(SUPPLEMENT_CENTS[random.nextInt(choices)], line.service().prices().get(0));
      long supplement = acts * cents;
      int rate = line.code(SourceColumn.PRS_REM_TAU);
      money(line, charge + supplement, overcharge, supplement, reimbursed(supplement, rate));
      return Kept.REIMBURSEMENT;
    }
    if (unknown && random.nextInt(1000) < HIDDEN_SHARES) {
      line.set(SourceColumn.PRS_REM_TAU, SHARE_RATES[random.nextInt(SHARE_RATES.length)]);
    } else if (!line.type().isSupplementaryShare()) {
      int rate = line.code(SourceColumn.PRS_REM_TAU);
      money(line, charge, overcharge, tariff, reimbursed(tariff, rate));
      return Kept.ALL;
    }
    int rate = line.code(SourceColumn.PRS_REM_TAU);
    money(line, charge, overcharge, 0, reimbursed(tariff, rate));
    return Kept.NOTHING;
  }

  private static boolean isDevice(Service service) {
    return service.family().name().equals("devices") || service.family().name().equals("dressings");
  }

  /** Price of the acts together; the more acts, the closer to the usual price. */
  private static long total(SplittableRandom random, Service service, long acts) {
    int choice = random.nextInt(100) < 65 ? 0 : service.prices().size() - 1;
    long price = service.prices().get(choice);
    if (service.spread() == 0) {
      return acts * price;
    }
    double deviation =
        service.spread() / Math.sqrt((double) Math.max(1, Math.min(25, Math.abs(acts))));
    long level =
        Math.round(
            10_000 * StrictMath.exp(deviation * random.nextGaussian() - deviation * deviation / 2));
    return divided(acts * price * level, 10_000);
  }

  private static long reimbursed(long base, int rate) {
    return divided(base * Math.min(rate, RateDraw.FULL), 10_000);
  }

  /** Quotient rounded half away from zero, as the amounts of reversals mirror the others. */
  private static long divided(long amount, long by) {
    return amount >= 0 ? (amount + by / 2) / by : -((-amount + by / 2) / by);
  }

  private static void money(Line line, long charge, long overcharge, long base, long reimbursed) {
    line.setAmount(SourceColumn.PRS_PAI_MNT, charge);
    line.setAmount(SourceColumn.PRS_DEP_MNT, overcharge);
    line.setAmount(SourceColumn.PRS_REM_BSE, base);
    line.setAmount(SourceColumn.PRS_REM_MNT, reimbursed);
  }
}
