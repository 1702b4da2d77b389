package dev.leasehold.samples.cluster;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The bearer tokens of one control plane, made anew for each.
 *
 * @param tokens by user; {@link #ADMIN} is in {@code system:masters}, the others in no group
 */
record Secrets(Map<String, String> tokens) {

  static final String ADMIN = "admin";
  private static final int RESTRICTED_USERS = 9;
  private static final int TOKEN_BYTES = 16;
  private static final int KEY_BITS = 2048;

  static Secrets create() {
    SecureRandom random = new SecureRandom();
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put(ADMIN, token(random));
    for (int i = 1; i <= RESTRICTED_USERS; i++) {
      tokens.put("restricted-" + i, token(random));
    }
    return new Secrets(tokens);
  }

  /** The lines of a static token file: token, user, uid, groups. */
  String tokenFile() {
    return tokens.entrySet().stream()
        .map(
            entry -> {
              String user = entry.getKey();
              String group = user.equals(ADMIN) ? ",system:masters" : "";
              return entry.getValue() + "," + user + "," + user + group + "\n";
            })
        .collect(Collectors.joining());
  }

  /** A new private key in PEM, with which service accounts' tokens are signed and checked. */
  static String serviceAccountKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      String lines =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key);
      return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new ControlPlaneFault("This JDK has no RSA.", e);
    }
  }

  private static String token(SecureRandom random) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
