package fr.opendamir.attack;

import java.util.List;
import java.util.Map;

/**
 * A month of large cells, in which one person is what eleven contributors look like, one line is
 * most of a block, and parts are just under the threshold.
 */
final class PersonsMonth {
  /** The service of {@link #parts}. */
  static final String PARTS = "1318";

  private static final List<String> REGIONS = List.of("11", "24", "27", "28", "32", "84");
  private static final List<String> AGES = List.of("40", "60", "80");
  private static final List<String> SEXES = List.of("1", "2");
  private static final List<String> SERVICES =
      List.of(
          "1104", "1105", "1109", "1110", "1111", "1112", "1113", "1114", "1115", "1117", "1118");

  private final FullMonth month = new FullMonth("2024-02");

  private PersonsMonth() {}

  static FullMonth create() {
    PersonsMonth made = new PersonsMonth();
    made.everybody();
    made.servicesOfOnePerson();
    made.kilometres();
    made.days();
    made.linesWithoutActs();
    made.parts();
    made.dominatingLine();
    return made.month;
  }

  private void everybody() {
    int acts = 15;
    for (String region : REGIONS) {
      for (String age : AGES) {
        for (String sex : SEXES) {
          for (String service : SERVICES) {
            month.add(acts, "38.00", FullMonth.codes(place(region, age, sex, service)));
            acts = acts == 40 ? 15 : acts + 1;
          }
        }
      }
      for (String sex : SEXES) {
        for (String lag : List.of("0", "1")) {
          Map<String, String> codes = FullMonth.codes(place(region, "60", sex, PARTS));
          codes.put("care_lag", lag);
          month.add(acts, "39.00", codes);
        }
      }
    }
  }

  /** One act each of eleven services. */
  private void servicesOfOnePerson() {
    int cents = 3017;
    for (String service : SERVICES) {
      month.ofPerson(
          "one act of each service",
          1,
          1,
          euros(cents),
          FullMonth.codes(place("93", "80", "2", service)));
      cents += 113;
    }
  }

  /** 110 kilometres in five trips. */
  private void kilometres() {
    for (int trip = 0; trip < 5; trip++) {
      month.ofPerson("kilometres", 22, 1, "11.33", FullMonth.codes(place("27", "70", "1", "1811")));
    }
  }

  /** 220 days of sick pay in two payments. */
  private void days() {
    month
        .ofPerson("days", 110, 1, "3971.11", FullMonth.codes(place("27", "50", "1", "6111")))
        .ofPerson("days", 110, 1, "3971.13", FullMonth.codes(place("27", "50", "1", "6111")));
  }

  private void linesWithoutActs() {
    for (int line = 0; line < 11; line++) {
      month.ofPerson(
          "lines without acts", 0, 0, "1.93", FullMonth.codes(place("27", "30", "1", "1110")));
    }
  }

  /** Ten men and ten women; ten men in each of two lags, and ten women in both. */
  private void parts() {
    Map<String, String> codes = FullMonth.codes(place("28", "40", "1", PARTS));
    month.single(10, "39.00", codes);
    codes.put("sex", "2");
    month.single(10, "39.00", codes);
    codes.put("supplement", "1");
    month.ofPerson("", 0, 0, "5.00", codes);
    for (String sex : SEXES) {
      for (String lag : List.of("0", "1")) {
        Map<String, String> other = FullMonth.codes(place("24", "40", sex, PARTS));
        other.put("care_lag", lag);
        month.single(sex.equals("1") ? 10 : 5, "39.00", other);
      }
    }
  }

  private void dominatingLine() {
    Map<String, String> codes = FullMonth.codes(place("32", "50", "1", "1320"));
    month.single(10, "40.00", codes);
    month.ofPerson(DominatingLine.PERSON, 1, 1, "5000.00", codes);
  }

  private static String[] place(String region, String age, String sex, String service) {
    return new String[] {"region", region, "age_band", age, "sex", sex, "service", service};
  }

  private static String euros(int cents) {
    return cents / 100 + "." + cents % 100;
  }
}
