package dev.leasehold.e2e.sidebyside.contender;

/**
 * Electors in a process. It can be told {@code join-all}, with how many locks, {@code join} and
 * {@code stop}, with a lock, and {@code cost}.
 */
public final class ElectorProcess {

  private static final long APART_MILLIS = 10;

  private ElectorProcess() {}

  /**
   * Obeys until standard input ends.
   *
   * @param args {@code kind}, {@code kubeconfig}, {@code namespace} and the periods
   */
  public static void main(String[] args) throws Exception {
    Voice voice = Voice.take();
    Candidates candidates = Candidates.of(Arguments.of(args), voice);
    voice.say("ready", "process");
    Commands.obey(
        voice,
        (command, subject) -> {
          switch (command) {
            case "join-all" -> {
              for (int i = 0; i < Integer.parseInt(subject); i++) {
                candidates.join("lock-" + i);
                // A stampede would be a measurement of its own.
                Thread.sleep(APART_MILLIS);
              }
            }
            case "join" -> candidates.join(subject);
            case "stop" -> {
              voice.say("asked", subject);
              candidates.stop(subject);
              voice.say("stopped", subject);
            }
            default -> throw new IllegalArgumentException(command);
          }
        });
  }
}
