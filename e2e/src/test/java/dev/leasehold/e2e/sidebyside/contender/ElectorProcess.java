package dev.leasehold.e2e.sidebyside.contender;

import dev.leasehold.e2e.peers.elector.Electors;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Electors in a process, one for each of several locks. It says {@code leading} and the lock as the
 * first thing that it does as a leader, and {@code ceasing} when it no longer is. It can be told
 * {@code join-all}, with the numbers of the first lock and the one after the last and the
 * milliseconds from one to the next, and {@code stop}, with a lock.
 */
public final class ElectorProcess {

  private final Voice voice;
  private final Electors electors;
  private final Map<String, Electors.Campaign> campaigns = new ConcurrentHashMap<>();

  private ElectorProcess(Voice voice, Electors electors) {
    this.voice = voice;
    this.electors = electors;
  }

  /**
   * Obeys until standard input ends.
   *
   * @param args {@code kind}, {@code kubeconfig}, {@code namespace} and the periods
   */
  public static void main(String[] args) throws Exception {
    Voice voice = Voice.take();
    Arguments arguments = Arguments.of(args);
    ElectorProcess process =
        new ElectorProcess(voice, Electors.of(arguments.text("kind"), arguments.setting()));
    voice.say("ready", "process");
    Commands.obey(voice, process::told);
  }

  private void told(String command, String subject) throws InterruptedException {
    switch (command) {
      case "join-all" -> joinAll(subject);
      case "stop" -> {
        voice.say("asked", subject);
        Electors.Campaign campaign = campaigns.remove(subject);
        if (campaign != null) {
          campaign.stop();
        }
        voice.say("stopped", subject);
      }
      default -> throw new IllegalArgumentException(command);
    }
  }

  private void joinAll(String words) throws InterruptedException {
    String[] numbers = words.split(" ", -1);
    int until = Integer.parseInt(numbers[1]);
    for (int i = Integer.parseInt(numbers[0]); i < until; i++) {
      String lock = "lock-" + i;
      campaigns.put(lock, electors.join(lock, UUID.randomUUID().toString(), new Said(voice, lock)));
      // A stampede would be a measurement of its own.
      Thread.sleep(Long.parseLong(numbers[2]));
    }
    voice.say("joined", Integer.toString(until));
  }

  /** Says it. */
  private record Said(Voice voice, String lock) implements Electors.Listener {

    @Override
    public void leads(BooleanSupplier permitted) {
      voice.say("leading", lock);
    }

    @Override
    public void ceases() {
      voice.say("ceasing", lock);
    }

    @Override
    public void knows(String leader) {}
  }
}
