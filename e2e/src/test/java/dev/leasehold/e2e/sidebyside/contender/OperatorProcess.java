package dev.leasehold.e2e.sidebyside.contender;

/**
 * An operator in a process: it looks after ConfigMaps. It can be told {@code stop}, upon which it
 * ends, and {@code runs}.
 */
public final class OperatorProcess {

  private OperatorProcess() {}

  /** An operator of some library. */
  interface Operator {

    /** Begins; returns when it is ready to lead. */
    void start() throws Exception;

    /** Ends as that library's users would end it; blocks. */
    void stop() throws Exception;
  }

  /**
   * Obeys until standard input ends.
   *
   * @param args {@code kind}, {@code kubeconfig}, {@code namespace}, the periods, {@code workers}
   *     and, for ours, {@code controllers} and {@code buckets}
   */
  public static void main(String[] args) throws Exception {
    Voice voice = Voice.take();
    Arguments arguments = Arguments.of(args);
    Work work = new Work(arguments, voice);
    Operator operator =
        arguments.text("kind").equals("leasehold")
            ? new LeaseholdOperator(arguments, voice, work)
            : new SdkOperator(arguments, voice, work);
    operator.start();
    voice.say("ready", "process");
    Commands.obey(
        voice,
        (command, subject) -> {
          switch (command) {
            case "stop" -> {
              voice.say("asked", "process");
              operator.stop();
              voice.say("stopped", "process");
              System.exit(0);
            }
            case "runs" -> voice.say("runs", "now", System.nanoTime(), Long.toString(work.runs()));
            default -> throw new IllegalArgumentException(command);
          }
        });
  }
}
