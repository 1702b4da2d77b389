package dev.leasehold.e2e.peers;

/** The libraries whose electors are compared. */
enum Library {
  LEASEHOLD("Leasehold", "leasehold"),
  FABRIC8("fabric8", "fabric8-release"),
  CLIENT_JAVA("client-java", "client-java");

  private final String title;
  private final String electors;

  Library(String title, String electors) {
    this.title = title;
    this.electors = electors;
  }

  String title() {
    return title;
  }

  /** By what name {@code Electors} knows its own. */
  String electors() {
    return electors;
  }
}
