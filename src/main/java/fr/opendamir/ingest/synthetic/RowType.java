package fr.opendamir.ingest.synthetic;

/** The row types ({@code PRS_REM_TYP}) that occur. */
enum RowType {
  REFERENCE(0),
  SUPPLEMENT(1),
  PATIENT_SHARE(2),
  ALSACE_MOSELLE(4),
  SOLIDARITY_SHARE(5),
  SOLIDARITY_FLAT(6),
  NOTARIES(11),
  MINERS(12),
  MAYOTTE(13),
  UNKNOWN(99);

  private static final RowType[] VALUES = values();

  private final int code;

  RowType(int code) {
    this.code = code;
  }

  /** The type at a position of the sorted list of published codes. */
  static RowType at(int index) {
    return VALUES[index];
  }

  int code() {
    return code;
  }

  boolean isSolidarity() {
    return this == SOLIDARITY_SHARE || this == SOLIDARITY_FLAT;
  }

  /** A share paid above the legal one: charge and quantity repeat those of the reference line. */
  boolean isSupplementaryShare() {
    return switch (this) {
      case REFERENCE, SUPPLEMENT, UNKNOWN -> false;
      default -> true;
    };
  }

  /** How readily a family has rows of this type, before fitting; 0 when it never has. */
  double affinity(ServiceFamily family) {
    return switch (family.kind()) {
      case PARTICIPATION -> this == REFERENCE || this == UNKNOWN ? 1 : 0;
      case CASH -> this == REFERENCE ? 1 : this == UNKNOWN ? 0.25 : 0;
      case FLAT -> this == SOLIDARITY_FLAT ? 6 : this == UNKNOWN ? 0.5 : 0;
      case CARE, HOSPITAL -> careAffinity(family);
    };
  }

  private double careAffinity(ServiceFamily family) {
    return switch (this) {
      case SOLIDARITY_FLAT -> 0;
      case SUPPLEMENT ->
          switch (family.name()) {
            case "nursing", "general", "technical", "imaging", "physiotherapy", "emergency" -> 1;
            case "surgery", "anaesthesia", "dental", "biology", "specialist" -> 0.4;
            default -> 0;
          };
      default -> 1;
    };
  }
}
